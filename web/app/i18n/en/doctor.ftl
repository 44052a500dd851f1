doctor-looking = Looking around
doctor-well = All is well on this network
doctor-clock = This computer believes that it is { $year }
doctor-clock-next = Set its clock: messages that seem too old or too new are dropped.
doctor-clock-behind = This computer’s clock is { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} behind those of { $others ->
    [one] one other
   *[other] { $others } others
}
doctor-clock-behind-next = Set it: messages that seem too old or too new are dropped.
doctor-clock-ahead = This computer’s clock is { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} ahead of those of { $others ->
    [one] one other
   *[other] { $others } others
}
doctor-clock-ahead-next = Set it: messages that seem too old or too new are dropped.
doctor-clock-differs = This computer’s clock and a neighbour’s are { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} apart
doctor-clock-differs-next = Compare both with a watch and set the wrong one.
doctor-no-address = This computer is on no network
doctor-no-address-next = Join the venue’s Wi-Fi, or plug in a cable.
doctor-self-assigned = The network gave this computer no address
doctor-self-assigned-next = It made one up, which reaches few. Leave the Wi-Fi and join it again.
doctor-vpn = A VPN seems to be on ({ $names })
doctor-vpn-next = Many keep a computer from its neighbours. Where somebody is missing, switch it off.
doctor-public-address = This network hands out public addresses. Such networks often keep guests apart
doctor-no-gateway = The network leads nowhere else (no gateway)
doctor-no-gateway-next = Computers work. Browsers cannot find each other without one: let them use a hub.
doctor-portal = This Wi-Fi wants you to sign in first
doctor-portal-next = Open its page in a browser: { $gateway } sends you there.
doctor-isolation = This network keeps its guests apart
doctor-isolation-next = { $by } reaches { $hosts }, and this computer does not. What you write goes through { $by }. Have a second computer on a cable, so that it is not the only way.
doctor-multicast-unsent = This computer could not ask around
doctor-multicast-unsent-next = A firewall or a VPN may forbid it. Allow Couloir, or type an address.
doctor-multicast-filtered = This network filters what finds others
doctor-multicast-filtered-next = { $others ->
    [one] One neighbour is
   *[other] { $others } neighbours are
} reached by address and never heard. Give newcomers the code below.
doctor-multicast-off = This daemon was told to look for nobody by itself
doctor-multicast-silent = Nobody answered when this computer asked around
doctor-multicast-silent-next = If others are here, type the address or the code that one of their screens shows.
doctor-firewall = Nobody can open a connection to this computer
doctor-firewall-next = { $others ->
    [one] One neighbour
   *[other] { $others } neighbours
} tried in vain. Let its firewall take incoming connections for Couloir. What goes out works.
doctor-not-listening = Couloir listens on no address here
doctor-not-listening-next = Start it again once this computer is on a network.
doctor-venue-differs = Others here have this venue in other parts
doctor-venue-differs-next = What is said in some caucuses does not pass between you. Take the venue’s code from a hub.
doctor-venue-others-differ = Somebody here has this venue in other parts than you and most others
doctor-venue-key-missing = This venue has a key, and this computer has not
doctor-venue-key-missing-next = With all strangers it gets a tenth of the others’ attention. Scan a hub’s QR code.
doctor-venue-key-some = Somebody here says that this venue has a key. Most have none, as you do
doctor-venue-key-differs = Others here have another key of this venue
doctor-venue-key-differs-next = You count as strangers for each other. Take the venue’s code from a hub.
doctor-venue-key-others = Somebody here has another key of this venue than you and most others

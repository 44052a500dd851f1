conn-title = Connection
conn-both = You reach { $people ->
    [one] one person
   *[other] { $people } people
}: { $far } by a hub, { $direct } directly.
conn-hub = You reach { $people ->
    [one] one person
   *[other] { $people } people
} by a hub.
conn-direct = You reach { $people ->
    [one] one person
   *[other] { $people } people
} directly.
conn-mesh = You reach { $people ->
    [one] one person
   *[other] { $people } people
} through others.
conn-alone = You are connected, and nobody else is here yet.
conn-none = No one is in range.
conn-map-hub = Hub
conn-map-direct = { $people } direct
conn-map-by-hub = { $people } by hub
conn-map-through = { $people } through others
conn-offline = This device has no network
conn-offline-hint = Join the venue’s Wi-Fi. What you write is kept and goes out then.
conn-no-hub = No hub is known
conn-no-hub-hint = Scan a colleague’s code, or type the address that the hub shows on its screen.
conn-hub-away = The hub does not answer
conn-hub-away-hint = { $url }. Are you on its Wi-Fi? A VPN or mobile data can hide it: pause them. It is tried again by itself.
conn-hub-away-named = “{ $name }”, { $url }. Are you on its Wi-Fi? A VPN or mobile data can hide it. It is tried again by itself.
conn-hub-away-own = { $url }. Are you on its Wi-Fi? If you are, the hub may have another certificate now: reload this page, and compare the SHA-256 once more.
conn-nobody-here = Nobody else is here yet
conn-nobody-here-hint = The way is open. Others appear as soon as they open Couloir.
conn-no-direct = This Wi-Fi keeps devices apart
conn-no-direct-hint = They cannot reach each other here. The hub carries for them. Nothing to do.
conn-daemon-away = Couloir on this machine does not answer
conn-daemon-away-hint = Start it again in its terminal. This page finds it by itself.
conn-hub-connected = The hub answers
conn-hub-connected-hint = { $url }. It carries sealed mail, which only members of a caucus can read.
conn-hub-connected-named = “{ $name }”, { $url }. It carries sealed mail, which only members of a caucus can read.
conn-hub-trying = Asking a hub
conn-hub-trying-hint = { $url }
conn-hub-trying-named = “{ $name }”, { $url }
conn-direct-links = { $links ->
    [one] One direct line
   *[other] { $links } direct lines
}
conn-direct-links-hint = They go on when the hub is gone.
conn-guest = This is a guest link
conn-guest-hint = The page came over this Wi-Fi unprotected, so whoever runs it could alter it. A laptop with couloir.html or with Couloir of its own has no such gap.
conn-hub-code = Others open Couloir here
conn-own-code = Others reach you here
conn-short-code = Or read this code out:
secure-way = This hub has a page with a lock, too
secure-way-hint = The hub made the certificate itself, so your browser will warn you. Go on only if the SHA-256, in its details of the certificate, is the one on the hub’s screen. There you can record and be notified. It has a storage of its own: bring your identity along as a file or a code. An iPhone may not connect there.
secure-port = Others find a page with a lock here
secure-port-hint = There a phone can record and be notified. Its browser warns, because the hub made the certificate itself: nobody is in between if its details of the certificate show this SHA-256. That page has a storage of its own, to which an identity moves as a file or a code. An iPhone may not connect there.
conn-file = Couloir in one file
conn-file-hint = Kept on a laptop, couloir.html cannot be altered by a Wi-Fi. It is the right one if somebody who has it from elsewhere reads the same words:
conn-file-save = Save couloir.html
conn-locked = A locked phone receives nothing
conn-locked-hint = Open this page to fetch what came meanwhile.
conn-scan = Scan code
conn-type = Type address
conn-again = Check again
conn-address = Address of a hub
conn-address-hint = As its screen shows it, such as 192.168.8.20:4700, or the code G82-J29-ED2
conn-no-address = That is no address, or a letter is wrong. It looks like 192.168.8.20:4700 or G82-J29-ED2.
conn-dial = Connect
conn-dialling = Asking

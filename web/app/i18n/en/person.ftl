person-direct = Directly
person-mesh = Through others, who cannot read it
person-unreached = Not reached just now
person-later = What you write waits and goes out by itself
person-loading = One moment
person-gone = This person is not known here.
person-message = Message
person-new-caucus = New caucus
person-shared = { $caucuses ->
    [one] In one of your caucuses
   *[other] In { $caucuses } of your caucuses
}
person-bring = Bring into a caucus
person-bring-guest = Let them in
person-unverified = Not verified yet
person-unverified-hint = So far only this network says that this is { $name }. Compare keys in person before you write what matters.
person-verified-hint = You have compared keys with { $name } in person.
person-guest = Guest link
person-guest-hint = { $name } uses a page that came over this Wi-Fi unprotected. What you write to them is readable by whoever runs it.
person-blocked = Blocked
person-blocked-hint = Their invitations do not reach you. They have not been told.
person-block = Block { $name }
person-block-hint = Invitations from { $name } no longer reach you, and they are not told. In caucuses you share, both of you stay. It cannot be undone on this device.
person-block-now = Block
person-key = Their key
person-key-hint = { $name } sees the same one under Settings. Read it to each other.
person-verify = Verify
person-verify-again = Verify again
person-verified-code = You scanned { $name }’s code in person. { $time }
person-verified-emoji = You compared emoji with { $name }. { $time }
person-was = Was “{ $name }” when you verified them
person-was-hint = The name is another now. The keys are the same.

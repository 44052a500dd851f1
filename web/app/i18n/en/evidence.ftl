answer-not = Do not answer it
say-on-record = Say it on record
entry-copy = Copy the text
entry-receipts = Whom it has reached
entry-person = Who is this
copied = Copied.
copied-not = This browser does not let a page copy. Select the text by hand.

also-read = { $names } could read it
also-read-hint = Sent before its sender learned of the removal.
also-read-device = Also readable on { $devices }
also-read-device-hint = Sent before its sender learned that it was lost.
lost-device-of = a lost device of { $name }
lost-device-own = your lost device
lost-device-named = your lost device “{ $device }”
granted-before = Said before you came in
granted-now = You came in here
granted-hint = The invite let you read it. Somebody who was there passed it on to this device.
record-by = On record: signed by { $name }’s own key
record-by-own = On record: signed by your own key
record-by-hint = Evidence that anybody can check and quote, for ever.
record-words = What you say
record-for-ever = Evidence, for ever
record-for-ever-hint = It is signed with your own key. Whoever gets it can prove to anybody, outside of this caucus too, that you said exactly this. It cannot be taken back.
record-sign = Sign and say it
record-save = Save the evidence
record-save-hint = Proves who said this, what and when
pin-put = Pin for everybody
pin-take = Take the pin off
pin-on-own = You pinned “{ $words }”
pin-on-other = { $name } pinned “{ $words }”
pin-off-own = You took the pin off “{ $words }”
pin-off-other = { $name } took the pin off “{ $words }”
pin-unknown = an entry that is not shown here
pinned-title = Pinned
pinned-none = Nothing is pinned any more.
pinned-count =
    { $count ->
        [one] 1 pinned
       *[other] { $count } pinned
    }
pinned-by = Pinned by { $name }, { $time }
pinned-by-you = Pinned by you, { $time }

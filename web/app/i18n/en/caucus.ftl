new-title = New caucus
new-name = Name
new-name-missing = Give it a name.
new-who-finds = Who can find it
new-closed = Closed
new-open-to-all = Open
new-closed-hint = Nobody outside can tell that it exists or who is in it.
new-open-hint = Everybody in the venue sees its name and can join.
new-people = People
new-chosen = { $people ->
    [0] nobody chosen
   *[other] { $people } chosen
}
new-gets-later = { $presence }. Gets it when back
new-guest-link = { $presence } · guest link
new-nobody = Nobody has shown themselves here yet. Open it and show its code.
new-show-code = Show a code
new-open = { $people ->
    [0] Open
   *[other] Open with { $people }
}
new-guests = { $guests ->
    [one] A guest is among them
   *[other] { $guests } guests are among them
}
new-guests-hint = A guest’s page came over this Wi-Fi unprotected. With them in it, the caucus is readable by whoever runs this Wi-Fi.
guest-question = They come on a guest link
new-without-guests = Leave them out
new-with-guests = Open all the same

invite-title = Invite to “{ $caucus }”
invite-for = For
invite-one = One person
invite-several = Up to 10
invite-poster = Poster
invite-one-hint = Works once, within an hour.
invite-several-hint = Works ten times, within 12 hours.
invite-making = Making a code
invite-failed = No code could be made here.
invite-qr = Code to scan with a phone’s camera
invite-scan = Point a phone’s camera at it, or pass the link on:
invite-scan-code = No hub’s address is known, so this is the bare code. Scan it in Couloir, or pass it on:
invite-ends-today = Ends at { $time }
invite-ends = Ends on { $day } at { $time }
invite-copy-link = Copy link
invite-copy-code = Copy code
invite-link = Link
invite-code = Code
invite-copied = Copied
invite-not-copied = Select the text and copy it
invite-guests = Whoever opens the link on a phone comes as a guest. With a guest in it, a closed caucus is readable by whoever runs this Wi-Fi.

code-title = Join by link or code
code-brought = You opened an invitation. Join to follow it.
code-field = Link or code
code-field-hint = Paste what a colleague passed on. It begins with http or couloir:
code-scan-hint = Or take a photo of the code:
code-reading = Reading the photo
code-none = No code was found in it. Hold the phone closer and straight.
code-join = Join
code-joining = Asking a member

ask-title = Invitation
ask-gone = This invitation is no longer open.
ask-unknown = Not seen here yet
ask-facts = { $members ->
    [one] One person is in it. Came at { $time }.
   *[other] { $members } people are in it. Came at { $time }.
}
ask-facts-direct = A conversation of the two of you. Came at { $time }.
ask-accept = Accept
ask-accepting = Asking to come in
ask-decline = Decline
ask-decline-hint = { $name } is not told if you decline.
ask-more = { $others ->
    [one] One more invitation is waiting.
   *[other] { $others } more invitations are waiting.
}

guest-link = guest link
photo-too-large = This picture is too large for this device to show. It can be saved.
photo-unreadable = This is no picture that can be shown. It can be saved.
waiting-key-short = waiting for their key
receipt-nobody = Nobody has it yet.
receipt-person-read = Read
receipt-person-reached = Reached
receipt-person-not = Not yet
readers-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
member-invited = Invited, not here yet
member-asks = Asks to come in
member-admin = admin
member-admit = Let in
menu-invite-hint = Shows a code and a link for those who are not here yet
menu-alerts = Stands out
menu-alerts-all = All
menu-alerts-mentions = My name
menu-alerts-none = Nothing
menu-alerts-all-hint = Whatever is said in it
menu-alerts-mentions-hint = What names you with @, and Now!
menu-alerts-none-hint = Nothing: it does not stand out, and Now! does not ring
name-choice = Name somebody
name-choice-count = { $count ->
    [one] One person to name
   *[other] { $count } people to name
}
menu-leave = Leave this caucus
menu-leave-sure = The others see that you have left. What was said so far stays readable here.

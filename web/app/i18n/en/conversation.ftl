search = Search
list-search = A caucus, a name
list-none-found = Nothing of that name.
list-new = New caucus
list-scan = Join by a code
list-empty = No caucus yet.
list-empty-hint = Scan a colleague’s code, or open a caucus with people who are here.
list-ask = <b>{ $from }</b> invites you to “{ $caucus }”
list-asks = <b>{ $from }</b> invites you to “{ $caucus }”. { $count } invitations wait.
list-ask-direct = <b>{ $from }</b> would like to write to you alone
list-asks-direct = <b>{ $from }</b> would like to write to you alone. { $count } invitations wait.
list-look = Look
list-open-here = Open in this venue
list-join = Join
list-draft = Draft:
list-you = You:
list-name = { $name }:
list-nothing-said = Nothing said yet
list-invited = { $name } is invited
list-gone = You are no longer in it
list-read = Read
list-reached = Reached
list-held = Held
list-new-count =
    { $count ->
        [one] 1 new
       *[other] { $count } new
    }
nothing-open = Nothing open.
nothing-open-hint = Choose a caucus on the side. Ctrl K finds one by name.
nothing-people = Nobody chosen.
nothing-people-hint = Choose somebody on the side to write to them or to verify them.
not-there = This caucus is not here.
not-there-hint = It is not on this device, or no longer.
gone-hint = You are no longer in this caucus. What was said until then stays readable here.
you = You
guest = guest
muted = Muted
names-you = Names you
here = Here
away = Away
away-since = Away since { $time }
here-of = { $here } of { $all } here
here-label = Here, { $here } of { $all }
invited-label =
    { $count ->
        [one] Invited: 1
       *[other] Invited: { $count }
    }
only-you = Only you
open-caucus = open
more = More
photo = Photo
photo-open = Photo. Press to see it whole
photo-fetch = Fetch the whole photo, { $size }
photo-away = Whole photo: { $size }
file-part = { $have } of { $size }
file-coming = Coming
file-waiting = Nobody who has it is in reach. It goes on by itself.
file-kept =
    { $count ->
        [one] Kept by 1
       *[other] Kept by { $count }
    }
voice = Voice note
file-save = Save
file-fetch = Fetch
record = What was said
older = Older
begin-closed = Nobody outside can tell that this caucus exists or who is in it.
begin-open = Everybody in this venue can find this caucus and join.
unread-since =
    { $count ->
        [one] 1 new since { $time }
       *[other] { $count } new since { $time }
    }
new-below =
    { $count ->
        [one] 1 new below
       *[other] { $count } new below
    }
to-end = To the end
gap =
    { $count ->
        [one] An earlier message has not arrived yet.
       *[other] { $count } earlier messages have not arrived yet.
    }
away-minutes = { $count ->
    [one] You were away 1 minute
   *[other] You were away { $count } minutes
}
away-hours = { $count ->
    [one] You were away 1 hour
   *[other] You were away { $count } hours
}
away-days = { $count ->
    [one] You were away 1 day
   *[other] You were away { $count } days
}
away-fetched = { $messages ->
    [one] 1 message fetched.
   *[other] { $messages } messages fetched.
}
away-note = { $away }. { $fetched }
waiting-key = Waiting for { $name }’s key
waiting-key-note = Waiting for { $name }’s key. It opens by itself.
in-answer-to = In answer to
quote-elsewhere = An entry that is not shown here
quote-not-here = That entry is not on this device.
line-unknown = A message that this version of Couloir cannot show.
line-unsigned = This claims to be on record, and its sender has not signed it.
taken-back = Taken back
said-aloud = { $name }: { $text }
show-all = Show all of it
receipt-saved = Saved on this device
receipt-waiting = No one in range — will send
receipt-held = Held until you verify { $name } again
receipt-reached = Reached { $reached } of { $of }
receipt-read = Read by { $read }
entry-answer = Answer
entry-more = React, copy, more
react = React
emoji = Emoji
write = Write
tools = Lay on the table, files
send = Send
send-later = Keep and send later
to-one = To { $name }
to-many = To { $all ->
        [one] 1 person
       *[other] { $all } people
    }, { $here } here
to-held = Held for { $name }
to-held-many = Held for { $name } and { $others ->
        [one] 1 other
       *[other] { $others } others
    }
to-nobody = Nobody else is in it yet
to-later = Kept until in range
guests-read =
    { $count ->
        [one] <b>{ $names }</b> reads along on a guest link
       *[other] <b>{ $names }</b> read along on guest links
    }
guests-read-many =
    { $count ->
        [one] <b>{ $names }</b> reads along on a guest link
       *[other] <b>{ $names }</b> and others read along on guest links, { $count } in all
    }
readers = Who can read this
menu-invite = Invite by a code

palette-title = Go to
palette-field = A caucus, a person, something to do
palette-doing = What to do here
palette-none = Nothing here is called that.
palette-write = Write “{ $words }”
palette-count =
    { $count ->
        [one] 1 choice
       *[other] { $count } choices
    }
keys-title = Keys
keys-everywhere = Everywhere
keys-writing = While you write
keys-reading = In the record
keys-palette = Go to anything
keys-caucuses = The caucus above or below
keys-back = Back, or close
keys-cover = Cover the screen
keys-list = This list
keys-send = Send
keys-line = A new line
keys-doing = What can be done here
keys-entries = The message before or after

search-here = Search in this caucus
search-everywhere = Search in all that was said
search-said = Search for “{ $words }” in all that was said
search-words = Words, a file, a name
search-hint = Whatever the case and the accents. All words must stand in it.
search-looking =
    { $count ->
        [one] Looking. 1 message read so far.
       *[other] Looking. { $count } messages read so far.
    }
search-found =
    { $count ->
        [one] 1 found
       *[other] { $count } found
    }
search-none = Nothing of that was said on this device.
search-more = Look further back
date-go = Go to a date
date-go-hint = To the first thing said on a day
date-day = Day
date-show = Go there
date-none = Nothing was said on that day or later.
date-later = Nothing was said on that day. This came next.

coming-opened-own = You opened this caucus
coming-opened-other = { $by } opened this caucus
coming-added-own = You added { $names }
coming-added-you = { $by } added you
coming-added-other = { $by } added { $names }
coming-came-own = { $count ->
   *[other] { $names } came in by a code of yours
}
coming-came-you = You came in by a code of { $by }’s
coming-came-other = { $count ->
   *[other] { $names } came in by a code of { $by }’s
}
coming-left-own = You left
coming-left-other = { $count ->
   *[other] { $names } left
}
coming-removed-own = You removed { $names }
coming-removed-you = { $by } removed you
coming-removed-other = { $by } removed { $names }
coming-admin-own = You made { $names } an admin
coming-admin-you = { $by } made you an admin
coming-admin-other = { $by } made { $names } an admin
coming-member-own = You made { $names } a member again
coming-member-you = { $by } made you a member again
coming-member-other = { $by } made { $names } a member again
coming-others = { $count ->
    [one] { $count } other
   *[other] { $count } others
}
coming-past-pinned = to read: what was pinned
coming-past-last = to read: the last { $count }
coming-past-all = to read: all that was said before

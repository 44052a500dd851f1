coming-opened-own = Vous avez ouvert ce groupe
coming-opened-other = { $by } a ouvert ce groupe
coming-added-own = Vous avez ajouté { $names }
coming-added-you = { $by } vous a mis dans ce groupe
coming-added-other = { $by } a ajouté { $names }
coming-came-own = { $count ->
    [one] { $names } a rejoint le groupe par un de vos codes
   *[other] { $names } ont rejoint le groupe par un de vos codes
}
coming-came-you = Vous avez rejoint le groupe par un code de { $by }
coming-came-other = { $count ->
    [one] { $names } a rejoint le groupe par un code de { $by }
   *[other] { $names } ont rejoint le groupe par un code de { $by }
}
coming-left-own = Vous avez quitté le groupe
coming-left-other = { $count ->
    [one] { $names } a quitté le groupe
   *[other] { $names } ont quitté le groupe
}
coming-removed-own = Vous avez retiré { $names }
coming-removed-you = { $by } vous a exclu du groupe
coming-removed-other = { $by } a retiré { $names }
coming-admin-own = Vous avez nommé admin { $names }
coming-admin-you = { $by } vous a donné le rôle d’admin
coming-admin-other = { $by } a nommé admin { $names }
coming-member-own = Vous avez remis { $names } simple membre
coming-member-you = { $by } vous a remis simple membre
coming-member-other = { $by } a remis { $names } simple membre
coming-others = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
coming-past-pinned = à lire : ce qui est épinglé
coming-past-last = à lire : les { $count } derniers
coming-past-all = à lire : tout ce qui précède

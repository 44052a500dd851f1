coming-opened-own = Usted abrió este grupo
coming-opened-other = { $by } abrió este grupo
coming-added-own = Usted añadió a { $names }
coming-added-you = { $by } le añadió
coming-added-other = { $by } añadió a { $names }
coming-came-own = { $count ->
    [one] { $names } entró con un código suyo
   *[other] { $names } entraron con un código suyo
}
coming-came-you = Usted entró con un código de { $by }
coming-came-other = { $count ->
    [one] { $names } entró con un código de { $by }
   *[other] { $names } entraron con un código de { $by }
}
coming-left-own = Usted salió
coming-left-other = { $count ->
    [one] { $names } salió
   *[other] { $names } salieron
}
coming-removed-own = Usted retiró a { $names }
coming-removed-you = { $by } le retiró
coming-removed-other = { $by } retiró a { $names }
coming-admin-own = Usted nombró admin a { $names }
coming-admin-you = { $by } le nombró admin
coming-admin-other = { $by } nombró admin a { $names }
coming-member-own = Usted devolvió a simple miembro a { $names }
coming-member-you = { $by } le devolvió a simple miembro
coming-member-other = { $by } devolvió a simple miembro a { $names }
coming-others = { $count ->
    [one] otra persona
   *[other] otras { $count } personas
}
coming-past-pinned = para leer: lo fijado
coming-past-last = para leer: los últimos { $count }
coming-past-all = para leer: todo lo anterior

palette-title = Aller à
palette-field = Un groupe, une personne, une action
palette-doing = Que faire ici
palette-none = Rien ne porte ce nom ici.
palette-write = Écrire « { $words } »
palette-count =
    { $count ->
        [one] { $count } choix
       *[other] { $count } choix
    }
keys-title = Touches
keys-everywhere = Partout
keys-writing = Pendant que vous écrivez
keys-reading = Dans le fil
keys-palette = Aller où vous voulez
keys-caucuses = Le groupe au-dessus ou au-dessous
keys-back = Retour, ou fermer
keys-cover = Couvrir l’écran
keys-list = Cette liste
keys-send = Envoyer
keys-line = Aller à la ligne
keys-doing = Ce qu’on peut faire ici
keys-entries = Le message d’avant ou d’après

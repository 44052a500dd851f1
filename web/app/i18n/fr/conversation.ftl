search = Rechercher
list-search = Un groupe, un nom
list-none-found = Rien à ce nom.
list-new = Nouveau groupe
list-scan = Rejoindre par code
list-empty = Pas encore de groupe.
list-empty-hint = Scannez le code d’un ou d’une collègue, ou ouvrez un groupe avec des personnes présentes.
list-ask = <b>{ $from }</b> vous invite dans « { $caucus } »
list-asks = <b>{ $from }</b> vous invite dans « { $caucus } ». { $count } invitations attendent.
list-ask-direct = <b>{ $from }</b> souhaite vous écrire en privé
list-asks-direct = <b>{ $from }</b> souhaite vous écrire en privé. { $count } invitations attendent.
list-look = Voir
list-open-here = Ouvert dans ce lieu
list-join = Rejoindre
list-draft = Brouillon :
list-you = Vous :
list-name = { $name } :
list-nothing-said = Rien n’a encore été dit
list-invited = Invitation faite à { $name }
list-gone = Vous n’en faites plus partie
list-read = Lu
list-reached = Arrivé
list-held = Retenu
list-new-count =
    { $count ->
        [one] { $count } nouveau
       *[other] { $count } nouveaux
    }
nothing-open = Rien d’ouvert.
nothing-open-hint = Choisissez un groupe sur le côté. Ctrl K en trouve un par son nom.
nothing-people = Aucun choix.
nothing-people-hint = Choisissez quelqu’un sur le côté pour lui écrire ou vérifier son identité.
not-there = Ce groupe n’est pas ici.
not-there-hint = Il n’est pas sur cet appareil, ou n’y est plus.
gone-hint = Vous ne faites plus partie de ce groupe. Ce qui s’est dit jusque-là reste lisible ici.
you = Vous
guest = visiteur
muted = En sourdine
names-you = Vous nomme
here = Ici
away = Hors de portée
away-since = Hors de portée depuis { $time }
here-of = { $here } sur { $all } ici
here-label = Ici, { $here } sur { $all }
invited-label =
    { $count ->
        [one] Invitation en cours : { $count }
       *[other] Invitations en cours : { $count }
    }
only-you = Vous seulement
open-caucus = ouvert
more = Plus
photo = Photo
photo-open = Photo. Appuyez pour la voir en entier
photo-fetch = Récupérer la photo entière, { $size }
photo-away = Photo entière : { $size }
file-part = { $have } sur { $size }
file-coming = En route
file-waiting = Personne qui l’ait n’est à portée. La suite viendra toute seule.
file-kept =
    { $count ->
        [one] Gardé par { $count }
       *[other] Gardé par { $count }
    }
voice = Note vocale
file-save = Enregistrer
file-fetch = Récupérer
record = Ce qui s’est dit
older = Plus ancien
begin-closed = Personne au-dehors ne peut savoir que ce groupe existe ni qui en fait partie.
begin-open = Tout le monde, dans ce lieu, peut trouver ce groupe et le rejoindre.
unread-since =
    { $count ->
        [one] { $count } nouveau depuis { $time }
       *[other] { $count } nouveaux depuis { $time }
    }
new-below =
    { $count ->
        [one] { $count } nouveau plus bas
       *[other] { $count } nouveaux plus bas
    }
to-end = À la fin
gap =
    { $count ->
        [one] { $count } message antérieur n’est pas encore arrivé.
       *[other] { $count } messages antérieurs ne sont pas encore arrivés.
    }
away-minutes = { $count ->
    [one] Votre absence : { $count } minute
   *[other] Votre absence : { $count } minutes
}
away-hours = { $count ->
    [one] Votre absence : { $count } heure
   *[other] Votre absence : { $count } heures
}
away-days = { $count ->
    [one] Votre absence : { $count } jour
   *[other] Votre absence : { $count } jours
}
away-fetched = { $messages ->
    [one] { $messages } message récupéré.
   *[other] { $messages } messages récupérés.
}
away-note = { $away }. { $fetched }
waiting-key = En attente d’une clé : { $name }
waiting-key-note = En attente d’une clé ({ $name }). Cela s’ouvrira tout seul.
in-answer-to = En réponse à
quote-elsewhere = Un message qui n’est pas affiché ici
quote-not-here = Ce message n’est pas sur cet appareil.
line-unknown = Un message que cette version de Couloir ne sait pas afficher.
line-unsigned = Ce message se dit consigné, et son auteur ne l’a pas signé.
taken-back = Retiré
said-aloud = { $name } : { $text }
show-all = Tout afficher
receipt-saved = Enregistré sur cet appareil
receipt-waiting = Personne à portée — partira plus tard
receipt-held = Retenu tant que { $name } reste à vérifier
receipt-reached = Arrivé chez { $reached } sur { $of }
receipt-read = Lu par { $read }
entry-answer = Répondre
entry-more = Réagir, copier, plus
react = Réagir
emoji = Émojis
write = Écrire
tools = Table et fichiers
send = Envoyer
send-later = Garder et envoyer plus tard
to-one = À { $name }
to-many = { $all ->
        [one] À { $all } personne
       *[other] À { $all }
    }, dont { $here } ici
to-held = Retenu pour { $name }
to-held-many = Retenu pour { $name } et { $others ->
        [one] { $others } autre
       *[other] { $others } autres
    }
to-nobody = Personne d’autre n’y est encore
to-later = Gardé jusqu’à ce que quelqu’un soit à portée
guests-read =
    { $count ->
        [one] <b>{ $names }</b> lit aussi, par un lien visiteur
       *[other] <b>{ $names }</b> lisent aussi, par un lien visiteur
    }
guests-read-many =
    { $count ->
        [one] <b>{ $names }</b> et d’autres lisent aussi, par un lien visiteur : { $count } en tout
       *[other] <b>{ $names }</b> et d’autres lisent aussi, par un lien visiteur : { $count } en tout
    }
readers = Qui peut lire
menu-invite = Inviter par un code

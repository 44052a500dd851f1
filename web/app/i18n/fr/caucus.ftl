new-title = Nouveau groupe
new-name = Nom
new-name-missing = Donnez-lui un nom.
new-who-finds = Qui peut le trouver
new-closed = Fermé
new-open-to-all = Ouvert
new-closed-hint = Personne au-dehors ne peut savoir qu’il existe ni qui en fait partie.
new-open-hint = Tout le monde, dans ce lieu, voit son nom et peut le rejoindre.
new-people = Personnes
new-chosen = { $people ->
    [0] personne pour l’instant
    [one] { $people } choisie
   *[other] { $people } choisies
}
new-gets-later = { $presence }. Le recevra à son retour
new-guest-link = { $presence } · lien visiteur
new-nobody = Personne ne s’est encore montré ici. Ouvrez le groupe et affichez son code.
new-show-code = Afficher un code
new-open = { $people ->
    [0] Ouvrir
    [one] Ouvrir avec { $people } personne
   *[other] Ouvrir avec { $people } personnes
}
new-guests = { $guests ->
    [one] { $guests } visiteur parmi eux
   *[other] { $guests } visiteurs parmi eux
}
new-guests-hint = La page d’un visiteur est arrivée par ce Wi-Fi sans protection. Avec lui, le groupe est lisible par qui gère ce Wi-Fi.
guest-question = Arrivée par un lien visiteur
new-without-guests = Sans les visiteurs
new-with-guests = Ouvrir quand même

invite-title = Inviter dans « { $caucus } »
invite-for = Pour
invite-one = Une personne
invite-several = Jusqu’à 10
invite-poster = Affiche
invite-one-hint = Valable une fois, pendant une heure.
invite-several-hint = Valable dix fois, pendant 12 heures.
invite-making = Création d’un code
invite-failed = Aucun code n’a pu être créé ici.
invite-qr = Code à scanner avec un téléphone
invite-scan = Visez-le avec un téléphone, ou transmettez le lien :
invite-scan-code = Aucune adresse de relais n’est connue : voici le code seul. Scannez-le dans Couloir ou transmettez-le :
invite-ends-today = Expire à { $time }
invite-ends = Expire le { $day } à { $time }
invite-copy-link = Copier le lien
invite-copy-code = Copier le code
invite-link = Lien
invite-code = Code
invite-copied = Copié
invite-not-copied = Sélectionnez le texte et copiez-le
invite-guests = Qui ouvre le lien sur un téléphone arrive en visiteur. Avec un visiteur, un groupe fermé est lisible par qui gère ce Wi-Fi.

code-title = Rejoindre par lien ou code
code-brought = Vous avez ouvert une invitation. Rejoignez pour la suivre.
code-field = Lien ou code
code-field-hint = Collez ce que l’on vous a transmis. Cela commence par http ou couloir:
code-scan-hint = Ou prenez le code en photo :
code-reading = Lecture de la photo
code-none = Aucun code trouvé. Tenez le téléphone plus près et bien droit.
code-join = Rejoindre
code-joining = Demande à un membre

ask-title = Invitation
ask-gone = Cette invitation n’est plus ouverte.
ask-unknown = Pas encore vu ici
ask-facts = { $members ->
    [one] { $members } personne y est. Reçue à { $time }.
   *[other] { $members } personnes y sont. Reçue à { $time }.
}
ask-facts-direct = Une conversation entre vous deux. Reçue à { $time }.
ask-accept = Accepter
ask-accepting = Demande d’entrée
ask-decline = Décliner
ask-decline-hint = { $name } n’en saura rien si vous déclinez.
ask-more = { $others ->
    [one] { $others } autre invitation attend.
   *[other] { $others } autres invitations attendent.
}

guest-link = lien visiteur
photo-too-large = Cette image est trop grande pour cet appareil. On peut l’enregistrer.
photo-unreadable = Ce n’est pas une image affichable. On peut l’enregistrer.
waiting-key-short = en attente de sa clé
receipt-nobody = Personne ne l’a encore reçu.
receipt-person-read = Lu
receipt-person-reached = Arrivé
receipt-person-not = Pas encore
readers-count =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
member-invited = Invitation faite, pas encore ici
member-asks = Demande à entrer
member-admin = admin
member-admit = Faire entrer
menu-invite-hint = Affiche un code et un lien pour qui n’est pas encore ici
menu-alerts = Ressort
menu-alerts-all = Tout
menu-alerts-mentions = Mon nom
menu-alerts-none = Rien
menu-alerts-all-hint = Tout ce qu’on y dit
menu-alerts-mentions-hint = Ce qui vous nomme avec @, et les appels
menu-alerts-none-hint = Rien : il ne ressort pas, aucun appel ne sonne
name-choice = Nommer quelqu’un
name-choice-count = { $count ->
    [one] { $count } personne à nommer
   *[other] { $count } personnes à nommer
}
menu-leave = Quitter ce groupe
menu-leave-sure = Les autres verront votre départ. Ce qui s’est dit jusqu’ici y reste lisible.

profile-name = Votre nom
profile-name-missing = Il faut un nom pour que l’on vous reconnaisse.
profile-hint = Les autres, dans ce lieu, voient aussitôt votre nom et votre pays.
profile-save = Enregistrer

set-change = { $land } · appuyez pour modifier
set-reading = Lecture
set-language = Langue
set-text-size = Taille du texte
set-percent = { $percent } %
set-appearance = Apparence
set-theme-device = Appareil
set-theme-light = Clair
set-theme-dark = Sombre
set-alerts = Alertes
set-locked = Un téléphone verrouillé ne reçoit rien
set-locked-hint = Ici, pas d’Internet pour le réveiller. Ouvrez Couloir pour récupérer ce qui est arrivé.
set-identity = Identité
set-move = Transférer vers un autre appareil
set-move-hint = Enregistre un fichier chiffré ou affiche un code
set-backup = Sauvegarder
set-never-backed = Jamais sauvegardé
set-never-backed-page = Jamais sauvegardé. Ce navigateur peut vider son stockage de lui-même
set-backed-up = Dernière sauvegarde : { $when }
set-locked-keys = Clés verrouillées par votre phrase secrète
set-locked-keys-hint = Qui prend cet appareil en a besoin pour y lire quoi que ce soit.
set-open-keys = Clés non verrouillées
set-open-keys-hint = Qui ouvre cet appareil peut lire ce qu’il contient. Verrouillez l’appareil lui-même.
set-key = Votre clé
set-key-hint = Les autres la comparent à celle que leur appareil affiche pour vous.
set-about = À propos
set-kind-page = Couloir depuis un relais, dans cette page
set-kind-tab = Couloir tourne dans un autre onglet de ce navigateur
set-kind-daemon = Couloir tourne sur cet ordinateur
set-kind-file = Couloir depuis un fichier, couloir.html
set-guest-hint = Lien visiteur : qui gère ce Wi-Fi pourrait modifier la page.
set-file-hint = Comparez ses mots de contrôle à ceux qui ont été remis avec lui.
set-full-hint = Les clés sont créées sur cet appareil et y restent.
set-own-certificate-hint = Les clés restent sur cet appareil. Personne n’a modifié la page si son certificat est celui de l’écran du relais.
set-hub = Relais « { $name } »
set-hub-hint = { $url }
set-blocked = { $people ->
    [one] { $people } personne bloquée
   *[other] { $people } personnes bloquées
}
set-end = Fin
set-wipe = Effacer cet appareil
set-wipe-hint = Supprime d’ici vos clés, groupes et photos. Les autres gardent ce que vous leur avez envoyé. C’est irréversible : seule une sauvegarde permet de revenir.
set-wipe-key = Effacer cet appareil…

set-mail-hint = Votre courrier scellé et celui d’autres, sur une clé USB, là où aucun réseau ne va
mail-title = Courrier par fichier
mail-hint = Votre appareil transporte pendant trois jours votre courrier scellé et celui d’autres. Mettez-le dans un fichier, portez ce fichier sur un autre appareil, et les messages y arrivent. Le fichier ne révèle ni nom ni groupe.
mail-save = Enregistrer un fichier
mail-saved = Enregistré. Choisissez-le ici, sur l’autre appareil.
mail-held = { $envelopes ->
    [one] { $envelopes } pli scellé est ici, pour quiconque.
   *[other] { $envelopes } plis scellés sont ici, pour quiconque.
}
mail-unsealed = { $messages ->
    [one] { $messages } de vos messages attend que quelqu’un soit à portée et ne peut pas encore être dans le fichier.
   *[other] { $messages } de vos messages attendent que quelqu’un soit à portée et ne peuvent pas encore être dans le fichier.
}
mail-take = Relever le courrier d’un fichier
mail-busy = Lecture…
mail-new = { $envelopes ->
    [0] Rien de nouveau à l’intérieur.
    [one] { $envelopes } nouveau pli relevé.
   *[other] { $envelopes } nouveaux plis relevés.
}
mail-known = Déjà connus : { $envelopes }.
mail-expired = Périmés : { $envelopes }.
mail-elsewhere = D’un autre lieu : { $envelopes }.
mail-refused = Pas du courrier : { $envelopes }.
mail-broken = Ensuite, le fichier s’interrompt. Copiez-le de nouveau et relevez-le encore une fois.
move-title = Transférer votre identité
move-way = Dans quel sens
move-away = Vers un autre appareil
move-here = D’un autre appareil
move-away-hint = L’autre appareil devient vous, lui aussi. Les autres l’ajoutent de nouveau à vos groupes. Effacez ensuite celui-ci s’il n’est pas à vous.
move-here-hint = Cet appareil prend l’identité contenue dans le fichier ou le code.
move-passphrase = Phrase secrète
move-passphrase-hint = Elle verrouille le fichier ou le code. Quatre mots sans rapport entre eux conviennent bien.
move-again = La même, encore une fois
move-short = Au moins 8 caractères.
move-differs = Les deux ne sont pas identiques.
move-save = Enregistrer un fichier
move-file-hint = Qui vous êtes, qui vous connaissez et ce qui s’est dit, pour lecture.
move-show = Afficher un code
move-code-hint = Qui vous êtes, et rien d’autre.
move-locking = Verrouillage
move-saved = Enregistré. Ouvrez-le sur l’autre appareil avec la phrase secrète.
move-qr = Votre identité sous forme de code, verrouillée par la phrase secrète
move-scan = Scannez-le avec l’autre appareil et saisissez-y la phrase secrète.
move-to-lock = Vers la page avec cadenas de ce relais
move-hide = Masquer le code
move-choose = Choisir le fichier
move-link = Ou collez le lien
move-its-passphrase = Sa phrase secrète
move-no-file = Choisissez un fichier d’identité ou collez un lien contenant « move= ».
move-replaces = Elle remplace ce qui est ici
move-replaces-hint = Vos clés, groupes et historique sont supprimés de cet appareil. Sauvegardez-les d’abord si vous y tenez.
move-take = La reprendre
move-taking = Déverrouillage

wipe-title = Effacer cet appareil ?
wipe-gone = Disparaissent d’ici aussitôt : vos clés, { $caucuses }, { $messages }, { $files }.
wipe-gone-all = Disparaissent d’ici aussitôt : vos clés, groupes, messages et photos.
wipe-caucuses = { $count ->
    [one] { $count } groupe
   *[other] { $count } groupes
}
wipe-messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
wipe-files = { $count ->
    [one] { $count } photo ou fichier
   *[other] { $count } photos et fichiers
}
wipe-stays = Reste chez les autres : ce que vous leur avez fait parvenir. Un fichier supprimé peut parfois être récupéré sur un disque ; sa clé, non.
wipe-no-backup = Pas encore de sauvegarde
wipe-no-backup-hint = Sans elle, personne ne peut vous rendre cette identité.
wipe-backed-up = Sauvegarde : { $when }
wipe-backed-up-hint = Ce qui est arrivé depuis n’y est pas.
wipe-type = Tapez « { $word } » pour continuer
wipe-word = effacer
wipe-backup = Sauvegarder d’abord
wipe-now = Effacer maintenant
wipe-wiping = Effacement
wipe-done = Effacé
wipe-done-hint = Il ne reste ici rien de vous.
wipe-done-daemon = Il ne reste ici rien de vous. Couloir s’est arrêté sur cet ordinateur ; relancez-le dans son terminal.
wipe-begin = Recommencer
wipe-failed = Tout n’a pas pu être supprimé. Fermez les autres onglets de Couloir et réessayez.

set-devices-hint = Les voir, en ajouter, en retirer

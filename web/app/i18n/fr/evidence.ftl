answer-not = Ne pas y répondre
say-on-record = Faire consigner
entry-copy = Copier le texte
entry-receipts = Chez qui il est arrivé
entry-person = Qui est-ce
copied = Copié.
copied-not = Ce navigateur ne laisse pas une page copier. Sélectionnez le texte à la main.

also-read = Ont pu le lire : { $names }
also-read-hint = Envoyé avant que l’expéditeur ait appris le retrait.
also-read-device = Lisible aussi ici : { $devices }
also-read-device-hint = Envoyé avant que l’expéditeur ait appris sa perte.
lost-device-of = un appareil perdu ({ $name })
lost-device-own = votre appareil perdu
lost-device-named = votre appareil perdu « { $device } »
granted-before = Dit avant votre arrivée
granted-now = Vous arrivez ici
granted-hint = L’invitation vous permettait de le lire. Quelqu’un qui y était l’a transmis à cet appareil.
record-by = Consigné : signé par { $name } avec sa propre clé
record-by-own = Consigné : signé avec votre propre clé
record-by-hint = Une preuve que chacun peut contrôler et citer, pour toujours.
record-words = Ce que vous dites
record-for-ever = Une preuve, pour toujours
record-for-ever-hint = C’est signé avec votre propre clé. Qui le reçoit peut prouver à quiconque, même hors de ce groupe, que vous avez dit exactement cela. C’est irrévocable.
record-sign = Signer et déclarer
record-save = Enregistrer la preuve
record-save-hint = Prouve qui l’a dit, quoi et quand
pin-put = Épingler pour tous
pin-take = Désépingler
pin-on-own = Vous avez épinglé « { $words } »
pin-on-other = { $name } a épinglé « { $words } »
pin-off-own = Vous avez désépinglé « { $words } »
pin-off-other = { $name } a désépinglé « { $words } »
pin-unknown = un message qui n’est pas affiché ici
pinned-title = Épinglés
pinned-none = Plus rien n’est épinglé.
pinned-count =
    { $count ->
        [one] { $count } épinglé
       *[other] { $count } épinglés
    }
pinned-by = Épinglé par { $name }, { $time }
pinned-by-you = Épinglé par vous, { $time }

person-direct = Directement
person-mesh = Par d’autres, qui ne peuvent pas lire
person-unreached = Pas joignable en ce moment
person-later = Ce que vous écrivez attend et part tout seul
person-loading = Un instant
person-gone = Cette personne n’est pas connue ici.
person-message = Écrire
person-new-caucus = Nouveau groupe
person-shared = { $caucuses ->
    [one] Dans { $caucuses } de vos groupes
   *[other] Dans { $caucuses } de vos groupes
}
person-bring = Ajouter à un groupe
person-bring-guest = Faire entrer
person-unverified = Pas encore vérifiée
person-unverified-hint = Pour l’instant, seul ce réseau affirme qu’il s’agit bien de cette personne : { $name }. Comparez vos clés en personne avant d’écrire ce qui compte.
person-verified-hint = Vous avez comparé vos clés avec { $name } en personne.
person-guest = Lien visiteur
person-guest-hint = { $name } utilise une page arrivée par ce Wi-Fi sans protection. Ce que vous lui écrivez est lisible par qui le gère.
person-blocked = Bloquée
person-blocked-hint = Ses invitations ne vous parviennent pas. Cette personne n’en sait rien.
person-block = Bloquer { $name }
person-block-hint = Les invitations faites par { $name } ne vous parviennent plus, à son insu. Dans les groupes communs, vous restez tous deux. C’est irréversible sur cet appareil.
person-block-now = Bloquer
person-key = Sa clé
person-key-hint = { $name } voit la même dans Réglages. Lisez-la l’un à l’autre.
person-verify = Vérifier
person-verify-again = Vérifier de nouveau
person-verified-code = Vous avez scanné en personne le code affiché par { $name }. { $time }
person-verified-emoji = Vous avez comparé des émojis avec { $name }. { $time }
person-was = S’appelait « { $name } » lors de votre vérification
person-was-hint = Le nom a changé depuis. Les clés sont les mêmes.

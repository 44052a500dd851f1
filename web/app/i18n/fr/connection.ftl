conn-title = Connexion
conn-both = Vous joignez { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} : { $far } par relais, { $direct } directement.
conn-hub = Vous joignez { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} par relais.
conn-direct = Vous joignez { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} directement.
conn-mesh = Vous joignez { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} par d’autres.
conn-alone = La connexion est établie, et personne d’autre n’est encore ici.
conn-none = Personne à portée.
conn-map-hub = Relais
conn-map-direct = { $people } directement
conn-map-by-hub = { $people } par relais
conn-map-through = { $people } par d’autres
conn-offline = Cet appareil n’a pas de réseau
conn-offline-hint = Rejoignez le Wi-Fi du lieu. Ce que vous écrivez est gardé et partira alors.
conn-no-hub = Aucun relais connu
conn-no-hub-hint = Scannez le code d’un ou d’une collègue, ou saisissez l’adresse que le relais affiche à l’écran.
conn-hub-away = Le relais ne répond pas
conn-hub-away-hint = { $url }. Êtes-vous sur son Wi-Fi ? Un VPN ou les données mobiles peuvent le masquer : suspendez-les. Un nouvel essai se fera tout seul.
conn-hub-away-named = « { $name } », { $url }. Êtes-vous sur son Wi-Fi ? Un VPN ou les données mobiles peuvent le masquer. Un nouvel essai se fera tout seul.
conn-hub-away-own = { $url }. Êtes-vous sur son Wi-Fi ? Si oui, le relais a peut-être un autre certificat : rechargez cette page et comparez de nouveau le SHA-256.
conn-nobody-here = Personne d’autre n’est encore ici
conn-nobody-here-hint = La voie est libre. Les autres apparaissent dès qu’ils ouvrent Couloir.
conn-no-direct = Ce Wi-Fi isole les appareils
conn-no-direct-hint = Ils ne peuvent pas se joindre ici. Le relais transporte pour eux. Rien à faire.
conn-daemon-away = Couloir ne répond pas sur cet ordinateur
conn-daemon-away-hint = Relancez-le dans son terminal. Cette page le retrouvera toute seule.
conn-hub-connected = Le relais répond
conn-hub-connected-hint = { $url }. Il transporte du courrier scellé, que seuls les membres d’un groupe peuvent lire.
conn-hub-connected-named = « { $name } », { $url }. Il transporte du courrier scellé, que seuls les membres d’un groupe peuvent lire.
conn-hub-trying = Appel d’un relais
conn-hub-trying-hint = { $url }
conn-hub-trying-named = « { $name } », { $url }
conn-direct-links = { $links ->
    [one] { $links } ligne directe
   *[other] { $links } lignes directes
}
conn-direct-links-hint = Elles continuent quand le relais disparaît.
conn-guest = C’est un lien visiteur
conn-guest-hint = La page est arrivée par ce Wi-Fi sans protection : qui le gère pourrait la modifier. Un ordinateur avec couloir.html ou son propre Couloir n’a pas cette faille.
conn-hub-code = Les autres ouvrent Couloir ici
conn-own-code = Les autres vous joignent ici
conn-short-code = Ou lisez ce code à voix haute :
secure-way = Ce relais a aussi une page avec cadenas
secure-way-hint = Le relais a créé le certificat lui-même : votre navigateur vous avertira. Continuez seulement si le SHA-256, dans ses détails du certificat, est celui de l’écran du relais. Là, vous pouvez enregistrer et être notifié. Cette page a son propre stockage : apportez votre identité par un fichier ou un code. Un iPhone risque de ne pas s’y connecter.
secure-port = Les autres trouvent ici une page avec cadenas
secure-port-hint = Là, un téléphone peut enregistrer et être notifié. Son navigateur avertit, car le relais a créé le certificat lui-même : personne ne s’interpose si les détails du certificat montrent ce SHA-256. Cette page a son propre stockage : une identité y passe par un fichier ou un code. Un iPhone risque de ne pas s’y connecter.
conn-file = Couloir en un seul fichier
conn-file-hint = Gardé sur un ordinateur, couloir.html ne peut pas être modifié par un Wi-Fi. C’est le bon si quelqu’un qui le tient d’ailleurs lit les mêmes mots :
conn-file-save = Enregistrer couloir.html
conn-locked = Un téléphone verrouillé ne reçoit rien
conn-locked-hint = Ouvrez cette page pour récupérer ce qui est arrivé entre-temps.
conn-scan = Scanner un code
conn-type = Saisir une adresse
conn-again = Vérifier encore
conn-address = Adresse d’un relais
conn-address-hint = Telle que son écran l’affiche, par exemple 192.168.8.20:4700, ou le code G82-J29-ED2
conn-no-address = Ce n’est pas une adresse, ou un caractère est faux. Modèle : 192.168.8.20:4700 ou G82-J29-ED2.
conn-dial = Se connecter
conn-dialling = Appel

doctor-looking = Observation des alentours
doctor-well = Tout va bien sur ce réseau
doctor-clock = Cet ordinateur se croit en { $year }
doctor-clock-next = Réglez son horloge : les messages qui semblent trop anciens ou trop récents sont rejetés.
doctor-clock-behind = L’horloge de cet ordinateur retarde de { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} sur { $others ->
    [one] celle de { $others } autre
   *[other] celles de { $others } autres
}
doctor-clock-behind-next = Réglez-la : les messages qui semblent trop anciens ou trop récents sont rejetés.
doctor-clock-ahead = L’horloge de cet ordinateur avance de { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} sur { $others ->
    [one] celle de { $others } autre
   *[other] celles de { $others } autres
}
doctor-clock-ahead-next = Réglez-la : les messages qui semblent trop anciens ou trop récents sont rejetés.
doctor-clock-differs = Entre l’horloge de cet ordinateur et celle d’un voisin, il y a { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} d’écart
doctor-clock-differs-next = Comparez les deux à une montre et réglez celle qui se trompe.
doctor-no-address = Cet ordinateur n’est sur aucun réseau
doctor-no-address-next = Rejoignez le Wi-Fi du lieu ou branchez un câble.
doctor-self-assigned = Le réseau n’a pas donné d’adresse à cet ordinateur
doctor-self-assigned-next = Il s’en est inventé une, qui porte peu loin. Quittez le Wi-Fi et rejoignez-le.
doctor-vpn = Un VPN semble actif ({ $names })
doctor-vpn-next = Beaucoup isolent un ordinateur de ses voisins. S’il manque quelqu’un, désactivez-le.
doctor-public-address = Ce réseau distribue des adresses publiques. De tels réseaux isolent souvent leurs usagers
doctor-no-gateway = Le réseau ne mène nulle part ailleurs (pas de passerelle)
doctor-no-gateway-next = Les ordinateurs fonctionnent. Sans passerelle, les navigateurs ne se trouvent pas : qu’ils passent par un relais.
doctor-portal = Ce Wi-Fi demande d’abord une connexion
doctor-portal-next = Ouvrez sa page dans un navigateur : { $gateway } vous y conduit.
doctor-isolation = Ce réseau isole ses usagers
doctor-isolation-next = { $by } joint { $hosts }, et cet ordinateur non. Ce que vous écrivez passe par { $by }. Ayez un second ordinateur sur câble, pour que ce ne soit pas la seule voie.
doctor-multicast-unsent = Cet ordinateur n’a pas pu interroger les alentours
doctor-multicast-unsent-next = Un pare-feu ou un VPN l’interdit peut-être. Autorisez Couloir ou saisissez une adresse.
doctor-multicast-filtered = Ce réseau filtre ce qui permet de trouver les autres
doctor-multicast-filtered-next = { $others ->
    [one] { $others } voisin est joint par adresse et jamais entendu.
   *[other] { $others } voisins sont joints par adresse et jamais entendus.
} Donnez le code ci-dessous aux nouveaux venus.
doctor-multicast-off = Ce service a pour consigne de ne chercher personne de lui-même
doctor-multicast-silent = Personne n’a répondu quand cet ordinateur a interrogé les alentours
doctor-multicast-silent-next = Si d’autres sont ici, saisissez l’adresse ou le code affiché sur l’un de leurs écrans.
doctor-firewall = Personne ne peut ouvrir de connexion vers cet ordinateur
doctor-firewall-next = { $others ->
    [one] { $others } voisin a essayé en vain.
   *[other] { $others } voisins ont essayé en vain.
} Que son pare-feu accepte les connexions entrantes pour Couloir. Ce qui sort fonctionne.
doctor-not-listening = Couloir n’écoute ici sur aucune adresse
doctor-not-listening-next = Relancez-le dès que cet ordinateur est sur un réseau.
doctor-venue-differs = D’autres, ici, ont découpé ce lieu autrement
doctor-venue-differs-next = Ce qui se dit dans certains groupes ne passe pas entre vous. Prenez le code du lieu sur un relais.
doctor-venue-others-differ = Quelqu’un, ici, a découpé ce lieu autrement que vous et la plupart des autres
doctor-venue-key-missing = Ce lieu a une clé, et cet ordinateur ne l’a pas
doctor-venue-key-missing-next = Avec tous les inconnus, il se partage un dixième de l’attention des autres. Scannez le code QR d’un relais.
doctor-venue-key-some = Quelqu’un, ici, dit que ce lieu a une clé. La plupart n’en ont pas, comme vous
doctor-venue-key-differs = D’autres, ici, ont une autre clé de ce lieu
doctor-venue-key-differs-next = Vous êtes des inconnus les uns pour les autres. Prenez le code du lieu sur un relais.
doctor-venue-key-others = Quelqu’un, ici, a une autre clé de ce lieu que vous et la plupart des autres

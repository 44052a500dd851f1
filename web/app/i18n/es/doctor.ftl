doctor-looking = Observando el entorno
doctor-well = Todo va bien en esta red
doctor-clock = Este equipo cree que es el año { $year }
doctor-clock-next = Ponga en hora su reloj: los mensajes que parecen demasiado antiguos o demasiado nuevos se descartan.
doctor-clock-behind = El reloj de este equipo va { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
} por detrás { $others ->
    [one] del de otro equipo
   *[other] de los de otros { $others } equipos
}
doctor-clock-behind-next = Póngalo en hora: los mensajes que parecen demasiado antiguos o demasiado nuevos se descartan.
doctor-clock-ahead = El reloj de este equipo va { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
} por delante { $others ->
    [one] del de otro equipo
   *[other] de los de otros { $others } equipos
}
doctor-clock-ahead-next = Póngalo en hora: los mensajes que parecen demasiado antiguos o demasiado nuevos se descartan.
doctor-clock-differs = Entre el reloj de este equipo y el de un vecino hay { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
} de diferencia
doctor-clock-differs-next = Compare ambos con un reloj de pulsera y corrija el que falle.
doctor-no-address = Este equipo no está en ninguna red
doctor-no-address-next = Conéctese a la wifi del recinto o enchufe un cable.
doctor-self-assigned = La red no dio dirección a este equipo
doctor-self-assigned-next = Se inventó una, que alcanza a pocos. Salga de la wifi y vuelva a conectarse.
doctor-vpn = Parece haber una VPN activa ({ $names })
doctor-vpn-next = Muchas aíslan un equipo de sus vecinos. Si falta alguien, desactívela.
doctor-public-address = Esta red reparte direcciones públicas. Tales redes suelen aislar a sus usuarios
doctor-no-gateway = La red no lleva a ninguna otra parte (sin puerta de enlace)
doctor-no-gateway-next = Los equipos funcionan. Sin ella, los navegadores no se encuentran: que usen un concentrador.
doctor-portal = Esta wifi pide antes iniciar sesión
doctor-portal-next = Abra su página en un navegador: { $gateway } le lleva a ella.
doctor-isolation = Esta red aísla a sus usuarios
doctor-isolation-next = { $by } alcanza { $hosts }, y este equipo no. Lo que usted escribe pasa por { $by }. Tenga un segundo equipo con cable, para que no sea el único camino.
doctor-multicast-unsent = Este equipo no pudo preguntar a su alrededor
doctor-multicast-unsent-next = Quizá lo impida un cortafuegos o una VPN. Permita Couloir, o escriba una dirección.
doctor-multicast-filtered = Esta red filtra lo que sirve para encontrar a otros
doctor-multicast-filtered-next = { $others ->
    [one] A un vecino se llega por su dirección, pero nunca se le oye.
   *[other] A { $others } vecinos se llega por su dirección, pero nunca se les oye.
} Dé a quienes lleguen el código de abajo.
doctor-multicast-off = Este servicio tiene la orden de no buscar a nadie por su cuenta
doctor-multicast-silent = Nadie respondió cuando este equipo preguntó a su alrededor
doctor-multicast-silent-next = Si hay otros aquí, escriba la dirección o el código que muestre una de sus pantallas.
doctor-firewall = Nadie puede abrir una conexión a este equipo
doctor-firewall-next = { $others ->
    [one] Un vecino lo intentó en vano.
   *[other] { $others } vecinos lo intentaron en vano.
} Haga que su cortafuegos acepte conexiones entrantes para Couloir. Lo que sale funciona.
doctor-not-listening = Couloir no escucha aquí en ninguna dirección
doctor-not-listening-next = Vuelva a iniciarlo cuando este equipo esté en una red.
doctor-venue-differs = Otros tienen aquí este recinto dividido de otra forma
doctor-venue-differs-next = Lo que se dice en algunos grupos no pasa entre ustedes. Tome el código del recinto de un concentrador.
doctor-venue-others-differ = Alguien aquí tiene este recinto dividido de otra forma que usted y la mayoría
doctor-venue-key-missing = Este recinto tiene una clave, y este equipo no
doctor-venue-key-missing-next = Entre todos los desconocidos recibe una décima parte de la atención de los demás. Escanee el código QR de un concentrador.
doctor-venue-key-some = Alguien aquí dice que este recinto tiene una clave. La mayoría no tiene ninguna, como usted
doctor-venue-key-differs = Otros tienen aquí otra clave de este recinto
doctor-venue-key-differs-next = Cuentan como desconocidos entre sí. Tome el código del recinto de un concentrador.
doctor-venue-key-others = Alguien aquí tiene otra clave de este recinto que usted y la mayoría

doctor-looking = جارٍ فحص الشبكة
doctor-well = كل شيء على ما يرام في هذه الشبكة
doctor-clock = يظن هذا الحاسوب أننا في عام { $year }
doctor-clock-next = اضبط ساعته: تُهمَل الرسائل التي تبدو قديمة جدًا أو جديدة جدًا.
doctor-clock-behind = ساعة هذا الحاسوب متأخرة { $minutes ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
} عن ساعات { $others ->
    [zero] غيره
    [one] واحد غيره
    [two] اثنين غيره
    [few] { $others } غيره
    [many] { $others } غيره
   *[other] { $others } غيره
}
doctor-clock-behind-next = اضبطها: تُهمَل الرسائل التي تبدو قديمة جدًا أو جديدة جدًا.
doctor-clock-ahead = ساعة هذا الحاسوب متقدمة { $minutes ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
} عن ساعات { $others ->
    [zero] غيره
    [one] واحد غيره
    [two] اثنين غيره
    [few] { $others } غيره
    [many] { $others } غيره
   *[other] { $others } غيره
}
doctor-clock-ahead-next = اضبطها: تُهمَل الرسائل التي تبدو قديمة جدًا أو جديدة جدًا.
doctor-clock-differs = بين ساعة هذا الحاسوب وساعة حاسوب مجاور { $minutes ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}
doctor-clock-differs-next = قارن الاثنتين بساعة يد واضبط الخاطئة منهما.
doctor-no-address = هذا الحاسوب خارج أي شبكة
doctor-no-address-next = ادخل شبكة الواي فاي في المكان، أو صِله بسلك.
doctor-self-assigned = لم تعطِ الشبكة هذا الحاسوب عنوانًا
doctor-self-assigned-next = اختار لنفسه عنوانًا لا يصل إلا إلى قلة. اخرج من الواي فاي وادخله من جديد.
doctor-vpn = يبدو أن شبكة VPN تعمل ({ $names })
doctor-vpn-next = كثير منها يحجب الحاسوب عن جيرانه. إن غاب أحد فأوقفها.
doctor-public-address = توزّع هذه الشبكة عناوين عامة، وكثيرًا ما تفصل مثلها بين الضيوف
doctor-no-gateway = لا تؤدي هذه الشبكة إلى غيرها (لا بوابة لها)
doctor-no-gateway-next = الحواسيب تعمل. أما المتصفحات فلا يجد بعضها بعضًا بلا بوابة: لتستعمل موزّعًا.
doctor-portal = تطلب شبكة الواي فاي هذه تسجيل الدخول أولًا
doctor-portal-next = افتح صفحتها في متصفح: يحيلك { $gateway } إليها.
doctor-isolation = تفصل هذه الشبكة بين ضيوفها
doctor-isolation-next = يصل { $by } إلى { $hosts }، ولا يصل هذا الحاسوب إليها. ما تكتبه يمر عبر { $by }. صِل حاسوبًا ثانيًا بسلك حتى لا يكون الطريق الوحيد.
doctor-multicast-unsent = لم يستطع هذا الحاسوب أن يسأل من حوله
doctor-multicast-unsent-next = قد يمنعه جدار حماية أو شبكة VPN. اسمح لـ Couloir، أو اكتب عنوانًا.
doctor-multicast-filtered = تحجب هذه الشبكة ما يُعثر به على الآخرين
doctor-multicast-filtered-next = { $others ->
    [zero] لا جار
    [one] جار واحد
    [two] جاران
    [few] { $others } جيران
    [many] { $others } جارًا
   *[other] { $others } جار
} يمكن الوصول إليه بالعنوان ولا يُسمع أبدًا. أعطِ القادمين الجدد الرمز أدناه.
doctor-multicast-off = طُلب من هذا البرنامج ألا يبحث عن أحد بنفسه
doctor-multicast-silent = لم يُجب أحد حين سأل هذا الحاسوب من حوله
doctor-multicast-silent-next = إن كان الآخرون هنا فاكتب العنوان أو الرمز الذي تعرضه شاشة أحدهم.
doctor-firewall = لا يستطيع أحد فتح اتصال بهذا الحاسوب
doctor-firewall-next = { $others ->
    [zero] لا جار
    [one] جار واحد
    [two] جاران
    [few] { $others } جيران
    [many] { $others } جارًا
   *[other] { $others } جار
} حاول ولم ينجح. اسمح في جدار الحماية باتصالات واردة إلى Couloir. أما الصادر فيعمل.
doctor-not-listening = لا عنوان يستمع عليه Couloir هنا
doctor-not-listening-next = شغّله من جديد حين يكون هذا الحاسوب على شبكة.
doctor-venue-differs = قسّم آخرون هنا هذا المكان على نحو آخر
doctor-venue-differs-next = ما يقال في بعض المجموعات لا يمر بينكم. خذ رمز المكان من موزّع.
doctor-venue-others-differ = قسّم أحدهم هنا هذا المكان على نحو آخر غير ما عندك وعند معظم الآخرين
doctor-venue-key-missing = لهذا المكان مفتاح، وليس عند هذا الحاسوب
doctor-venue-key-missing-next = ينال مع الغرباء جميعًا عُشر انتباه الآخرين. امسح رمز QR لأحد الموزّعات.
doctor-venue-key-some = يقول أحدهم هنا إن لهذا المكان مفتاحًا، وليس عند معظم الآخرين مفتاح، مثلك
doctor-venue-key-differs = عند آخرين هنا مفتاح آخر لهذا المكان
doctor-venue-key-differs-next = أنتم غرباء بعضكم لبعض. خذ رمز المكان من موزّع.
doctor-venue-key-others = عند أحدهم هنا مفتاح لهذا المكان غير مفتاحك ومفتاح معظم الآخرين

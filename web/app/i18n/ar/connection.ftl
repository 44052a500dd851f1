conn-title = الاتصال
conn-both = تصل إلى { $people ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصين
    [few] { $people } أشخاص
    [many] { $people } شخصًا
   *[other] { $people } شخص
}: { $far } عبر موزّع و{ $direct } مباشرةً.
conn-hub = تصل إلى { $people ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصين
    [few] { $people } أشخاص
    [many] { $people } شخصًا
   *[other] { $people } شخص
} عبر موزّع.
conn-direct = تصل إلى { $people ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصين
    [few] { $people } أشخاص
    [many] { $people } شخصًا
   *[other] { $people } شخص
} مباشرةً.
conn-mesh = تصل إلى { $people ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصين
    [few] { $people } أشخاص
    [many] { $people } شخصًا
   *[other] { $people } شخص
} عبر آخرين.
conn-alone = أنت متصل، ولا أحد غيرك هنا بعد.
conn-none = لا أحد في المدى.
conn-map-hub = موزّع
conn-map-direct = { $people } مباشرةً
conn-map-by-hub = { $people } عبر الموزّع
conn-map-through = { $people } عبر آخرين
conn-offline = لا شبكة لهذا الجهاز
conn-offline-hint = ادخل شبكة الواي فاي في المكان. ما تكتبه يُحفظ ويُرسل عندها.
conn-no-hub = لا موزّع معروفًا
conn-no-hub-hint = امسح رمز زميل، أو اكتب العنوان الذي يعرضه الموزّع على شاشته.
conn-hub-away = الموزّع لا يستجيب
conn-hub-away-hint = { $url }. هل أنت على شبكته؟ قد تحجبه شبكة VPN أو بيانات الهاتف: أوقفها مؤقتًا. وتُعاد المحاولة تلقائيًا.
conn-hub-away-named = «{ $name }»، { $url }. هل أنت على شبكته؟ قد تحجبه شبكة VPN أو بيانات الهاتف. وتُعاد المحاولة تلقائيًا.
conn-hub-away-own = { $url }. هل أنت على شبكته؟ إن كنت كذلك فربما صارت للموزّع شهادة أخرى: أعد تحميل هذه الصفحة وقارن SHA-256 من جديد.
conn-nobody-here = لا أحد غيرك هنا بعد
conn-nobody-here-hint = الطريق مفتوح. يظهر الآخرون حين يفتحون Couloir.
conn-no-direct = هذه الشبكة تفصل بين الأجهزة
conn-no-direct-hint = لا يصل بعضها إلى بعض هنا. الموزّع ينقل بينها. لا شيء عليك.
conn-daemon-away = Couloir لا يستجيب على هذا الجهاز
conn-daemon-away-hint = شغّله من جديد في نافذته. تجده هذه الصفحة تلقائيًا.
conn-hub-connected = الموزّع يستجيب
conn-hub-connected-hint = { $url }. ينقل بريدًا مختومًا لا يقرؤه إلا أعضاء المجموعة.
conn-hub-connected-named = «{ $name }»، { $url }. ينقل بريدًا مختومًا لا يقرؤه إلا أعضاء المجموعة.
conn-hub-trying = جارٍ سؤال موزّع
conn-hub-trying-hint = { $url }
conn-hub-trying-named = «{ $name }»، { $url }
conn-direct-links = { $links ->
    [zero] لا خطوط مباشرة
    [one] خط مباشر واحد
    [two] خطان مباشران
    [few] { $links } خطوط مباشرة
    [many] { $links } خطًا مباشرًا
   *[other] { $links } خط مباشر
}
conn-direct-links-hint = تبقى إن غاب الموزّع.
conn-guest = هذا رابط ضيف
conn-guest-hint = وصلت الصفحة عبر هذه الشبكة دون حماية، فيستطيع من يديرها تغييرها. أما حاسوب عليه couloir.html أو Couloir نفسه فلا ثغرة كهذه فيه.
conn-hub-code = من هنا يفتح الآخرون Couloir
conn-own-code = من هنا يصل إليك الآخرون
conn-short-code = أو اقرأ لهم هذا الرمز:
secure-way = لهذا الموزّع صفحة بقفل أيضًا
secure-way-hint = أنشأ الموزّع الشهادة بنفسه، لذا سيحذّرك متصفحك. لا تتابع إلا إذا كان SHA-256 في تفاصيل الشهادة هو نفسه على شاشة الموزّع. هناك يمكنك التسجيل وتلقّي الإشعارات. ولها تخزين خاص بها: أحضر هويتك بملف أو رمز. قد لا يتصل iPhone هناك.
secure-port = يجد الآخرون هنا صفحة بقفل
secure-port-hint = هناك يستطيع الهاتف التسجيل وتلقّي الإشعارات. يحذّر متصفحه لأن الموزّع أنشأ الشهادة بنفسه: لا أحد في الوسط إذا أظهرت تفاصيل الشهادة هذا الـ SHA-256. ولتلك الصفحة تخزين خاص بها تنتقل إليه الهوية بملف أو رمز. قد لا يتصل iPhone هناك.
conn-file = Couloir في ملف واحد
conn-file-hint = ملف couloir.html المحفوظ على حاسوب لا تستطيع شبكة تغييره. وهو الملف الصحيح إن قرأ من حصل عليه من مكان آخر هذه الكلمات نفسها:
conn-file-save = حفظ couloir.html
conn-locked = الهاتف المقفل لا يستقبل شيئًا
conn-locked-hint = افتح هذه الصفحة لجلب ما وصل في أثناء ذلك.
conn-scan = مسح رمز
conn-type = كتابة عنوان
conn-again = فحص جديد
conn-address = عنوان موزّع
conn-address-hint = كما تعرضه شاشته، مثل 192.168.8.20:4700 أو الرمز G82-J29-ED2
conn-no-address = ليس هذا عنوانًا، أو فيه حرف خاطئ. يشبه العنوان 192.168.8.20:4700 أو G82-J29-ED2.
conn-dial = اتصال
conn-dialling = جارٍ السؤال

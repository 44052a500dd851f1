people-here = هنا · { $people }
people-verified = متحقَّق · { $people }
people-everyone = الجميع
people-which = من يُعرض
people-search = البحث عن شخص
people-scan = الانضمام برمز
people-no-land = دون بلد
people-none = لا أحد في المدى.
people-none-hint = هل الآخرون على شبكة الواي فاي نفسها؟ إن كانوا كذلك فجرّب عنوان الموزّع.
people-none-hub = الموزّع الذي قدّم هذه الصفحة لا يستجيب. هل ما زلت على شبكته؟
people-none-linked = أنت متصل، ولم يظهر أحد غيرك بعد. يظهرون هنا من تلقاء أنفسهم.
people-none-here = لا أحد هنا الآن. «الجميع» يعرض من كانوا.
people-none-found = لا أحد بهذا الاسم.
people-find-out = معرفة السبب

person-here = هنا
person-away = غائب
person-away-minutes = غائب منذ { $minutes ->
    [zero] لحظات
    [one] دقيقة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}
person-away-since = غائب منذ { $time }
person-state-blocked = { $presence } · محظور
person-state-changed = تغيّر المفتاح. تحقق مجددًا
person-state-alike = { $presence } · اسم يشبه اسم غيره

menu-codes = الرموز ومن ينتظر
menu-codes-hint = بأي رموز ما زال الدخول ممكنًا
menu-codes-waiting = { $count ->
    [zero] لا أحد ينتظر الدخول
    [one] شخص واحد ينتظر الدخول
    [two] شخصان ينتظران الدخول
    [few] { $count } أشخاص ينتظرون الدخول
    [many] { $count } شخصًا ينتظرون الدخول
   *[other] { $count } شخص ينتظرون الدخول
}
codes-title = طرق الدخول إلى «{ $caucus }»
codes-waiting = في انتظار الدخول
codes-open = رموز سارية
codes-none = لا رمز ساريًا: لا أحد يستطيع الدخول برمز.
codes-new = عرض رمز
codes-make-poster = إعداد ملصق
codes-personal = لشخص واحد
codes-poster = ملصق
codes-listing = ما تُعرض به المجموعة المفتوحة
codes-by = من { $name }
codes-used = استُعمل { $used } من { $uses }
codes-until-revoked = حتى يُلغى
codes-approval = يُدخل أحدُ الأعضاء كلَّ قادم
codes-reads = يقرأ مما سبق: { $what }
codes-last = آخر { $count }
code-gone = نفد هذا الرمز أو انتهى أو أُلغي.
code-elsewhere = لا يعرضه مجددًا إلا الجهاز الذي أعدّه، وهو من أجهزة { $name }.
code-revoke = إلغاء هذا الرمز
code-revoke-hint = لا يدخل به أحد بعد الآن
code-revoke-sure = من ما زال يحمله يُرفض. ومن دخل يبقى.
code-revoke-not = يستطيع إلغاءه { $name } أو أحد المشرفين.
member-refuse = ردّ الطلب
turned-away = رُدّ طلب { $name }، وأُبلغ بذلك.
invite-poster-row = علّقه لمن شئت من العدد
poster-title = ملصق لمجموعة «{ $caucus }»
poster-uses = لكم شخص
poster-uses-hint = يدخل به هذا العدد ثم ينفد.
poster-life = لكم من الوقت
poster-life-day = 12 ساعة
poster-life-days = 3 أيام
poster-life-never = حتى يُلغى
poster-approval = إدخال كل قادم بموافقة
poster-approval-hint = من يمسحه ينتظر حتى يوافق أحد الأعضاء
poster-free-hint = من يمسحه يدخل
poster-make = إعداد الملصق
poster-heading = عنوان الملصق
poster-heading-hint = يقرؤه كل من يمر: الملصق نفسه يخبره أن هناك ما يُنضم إليه.
poster-print = طباعة

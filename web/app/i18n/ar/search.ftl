search-here = بحث في هذه المجموعة
search-everywhere = بحث في كل ما قيل
search-said = بحث عن «{ $words }» في كل ما قيل
search-words = كلمات أو ملف أو اسم
search-hint = لا فرق بين أشكال الألف ولا أثر للتشكيل. يجب أن ترد الكلمات كلها.
search-looking =
    { $count ->
        [zero] البحث جارٍ.
        [one] البحث جارٍ. قُرئت رسالة واحدة.
        [two] البحث جارٍ. قُرئت رسالتان.
        [few] البحث جارٍ. قُرئت { $count } رسائل.
        [many] البحث جارٍ. قُرئت { $count } رسالة.
       *[other] البحث جارٍ. قُرئت { $count } رسالة.
    }
search-found =
    { $count ->
        [zero] لا نتائج
        [one] نتيجة واحدة
        [two] نتيجتان
        [few] { $count } نتائج
        [many] { $count } نتيجة
       *[other] { $count } نتيجة
    }
search-none = لم يُقل شيء من هذا على هذا الجهاز.
search-more = البحث في ما هو أقدم
date-go = الانتقال إلى تاريخ
date-go-hint = إلى أول ما قيل في يوم
date-day = اليوم
date-show = انتقال
date-none = لم يُقل شيء في ذلك اليوم ولا بعده.
date-later = لم يُقل شيء في ذلك اليوم. وهذا ما تلاه.

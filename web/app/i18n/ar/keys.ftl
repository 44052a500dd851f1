palette-title = الانتقال إلى
palette-field = مجموعة أو شخص أو فعل
palette-doing = ما الذي يُفعل هنا
palette-none = لا شيء هنا بهذا الاسم.
palette-write = كتابة «{ $words }»
palette-count =
    { $count ->
        [zero] لا خيارات
        [one] خيار واحد
        [two] خياران
        [few] { $count } خيارات
        [many] { $count } خيارًا
       *[other] { $count } خيار
    }
keys-title = المفاتيح
keys-everywhere = في كل مكان
keys-writing = أثناء الكتابة
keys-reading = في السجل
keys-palette = الانتقال إلى أي شيء
keys-caucuses = المجموعة التي فوق أو تحت
keys-back = رجوع أو إغلاق
keys-cover = تغطية الشاشة
keys-list = هذه القائمة
keys-send = إرسال
keys-line = سطر جديد
keys-doing = ما يمكن فعله هنا
keys-entries = الرسالة السابقة أو التالية

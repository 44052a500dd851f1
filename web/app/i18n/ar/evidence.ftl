answer-not = إلغاء الرد
say-on-record = قولها للتوثيق
entry-copy = نسخ النص
entry-receipts = من وصلته
entry-person = من هذا
copied = نُسخ.
copied-not = هذا المتصفح لا يسمح للصفحة بالنسخ. حدّد النص بيدك.

also-read = استطاع قراءتها أيضًا: { $names }
also-read-hint = كُتبت قبل أن يعلم كاتبها بالإخراج.
also-read-device = يمكن قراءتها أيضًا على: { $devices }
also-read-device-hint = كُتبت قبل أن يعلم كاتبها بفقدان الجهاز.
lost-device-of = جهاز مفقود لـ{ $name }
lost-device-own = جهازك المفقود
lost-device-named = جهازك المفقود «{ $device }»
granted-before = قيل قبل دخولك
granted-now = دخلتَ هنا
granted-hint = سمحت لك الدعوة بقراءتها، وأوصلها إلى هذا الجهاز أحدُ من كانوا هنا.
record-by = للتوثيق: موقّعة بمفتاح { $name }
record-by-own = للتوثيق: موقّعة بمفتاحك
record-by-hint = دليل يستطيع أيٌّ كان التحقق منه والاستشهاد به، إلى الأبد.
record-words = ما تقوله
record-for-ever = دليل إلى الأبد
record-for-ever-hint = تُوقَّع بمفتاحك الشخصي. ومن تصل إليه يستطيع أن يثبت لأيٍّ كان، خارج هذه المجموعة أيضًا، أنك قلتَ هذا بنصّه. ولا رجوع عنها.
record-sign = توقيع وإرسال
record-save = حفظ الدليل
record-save-hint = يثبت من قال هذا، وماذا قال، ومتى
pin-put = تثبيت للجميع
pin-take = إلغاء التثبيت
pin-on-own = ثبّتَّ «{ $words }»
pin-on-other = ثبّت { $name } «{ $words }»
pin-off-own = ألغيتَ تثبيت «{ $words }»
pin-off-other = ألغى { $name } تثبيت «{ $words }»
pin-unknown = رسالة لا تظهر هنا
pinned-title = المثبّت
pinned-none = لم يعد شيء مثبّتًا.
pinned-count =
    { $count ->
        [zero] لا مثبّت
        [one] مثبّتة واحدة
        [two] مثبّتتان
        [few] { $count } مثبّتات
        [many] { $count } مثبّتة
       *[other] { $count } مثبّتة
    }
pinned-by = ثبّتها { $name }، { $time }
pinned-by-you = ثبّتَّها أنت، { $time }

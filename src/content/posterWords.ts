/** What stands on a poster beside its code: everybody who walks by reads it, so all languages stand there at once. */
export interface PosterWords {
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  /** Where the code holds a link to a hub's page. */
  readonly scan: string;
  /** Where it is the bare code. */
  readonly scanInApp: string;
  /** Where a member lets each newcomer in. */
  readonly wait: string;
}

export const POSTER_WORDS: readonly PosterWords[] = [
  {
    lang: "ar",
    dir: "rtl",
    scan: "وأنت على شبكة الواي فاي هذه، وجّه كاميرا هاتفك نحو الرمز.",
    scanInApp: "وأنت على شبكة الواي فاي هذه، امسح الرمز داخل Couloir.",
    wait: "ثم يُدخلك أحد الأعضاء.",
  },
  {
    lang: "zh-Hans",
    dir: "ltr",
    scan: "连接此 Wi-Fi 后，用手机相机扫描此码。",
    scanInApp: "连接此 Wi-Fi 后，在 Couloir 中扫描此码。",
    wait: "随后由一位成员批准您加入。",
  },
  {
    lang: "en",
    dir: "ltr",
    scan: "On this Wi-Fi, point your phone’s camera at the code.",
    scanInApp: "On this Wi-Fi, scan the code in Couloir.",
    wait: "A member then lets you in.",
  },
  {
    lang: "fr",
    dir: "ltr",
    scan: "Sur ce Wi-Fi, visez le code avec l’appareil photo de votre téléphone.",
    scanInApp: "Sur ce Wi-Fi, scannez le code dans Couloir.",
    wait: "Un membre vous fait ensuite entrer.",
  },
  {
    lang: "ru",
    dir: "ltr",
    scan: "Подключитесь к этой сети Wi-Fi и наведите на код камеру телефона.",
    scanInApp: "Подключитесь к этой сети Wi-Fi и отсканируйте код в Couloir.",
    wait: "Затем кто-то из участников вас впустит.",
  },
  {
    lang: "es",
    dir: "ltr",
    scan: "En esta red wifi, apunte al código con la cámara del teléfono.",
    scanInApp: "En esta red wifi, escanee el código en Couloir.",
    wait: "Después, un miembro le dará acceso.",
  },
];

/** The words in English of the screens that are loaded apart. */
import alerts from "../en/alerts.ftl";
import caucus from "../en/caucus.ftl";
import changing from "../en/changing.ftl";
import comings from "../en/comings.ftl";
import connection from "../en/connection.ftl";
import doctor from "../en/doctor.ftl";
import devices from "../en/devices.ftl";
import emoji from "../en/emoji.ftl";
import evidence from "../en/evidence.ftl";
import fading from "../en/fading.ftl";
import governing from "../en/governing.ftl";
import inviting from "../en/inviting.ftl";
import keys from "../en/keys.ftl";
import notices from "../en/notices.ftl";
import person from "../en/person.ftl";
import photo from "../en/photo.ftl";
import search from "../en/search.ftl";
import settings from "../en/settings.ftl";
import signs from "../en/signs.ftl";
import tools from "../en/tools.ftl";
import trust from "../en/trust.ftl";

export const words: readonly string[] = [
  alerts,
  caucus,
  changing,
  comings,
  connection,
  doctor,
  devices,
  emoji,
  evidence,
  fading,
  governing,
  inviting,
  keys,
  notices,
  person,
  photo,
  search,
  settings,
  signs,
  tools,
  trust,
];

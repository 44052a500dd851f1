profile-name = Your name
profile-name-missing = Others need a name to know you by.
profile-hint = Others in this venue see your name and country at once.
profile-save = Save

set-change = { $land } · press to change
set-reading = Reading
set-language = Language
set-text-size = Text size
set-percent = { $percent } %
set-appearance = Appearance
set-theme-device = Device
set-theme-light = Light
set-theme-dark = Dark
set-alerts = Alerts
set-locked = A locked phone receives nothing
set-locked-hint = There is no internet here to wake it. Open Couloir to fetch what came.
set-identity = Identity
set-move = Move to another device
set-move-hint = Saves an encrypted file, or shows a code
set-backup = Back up
set-never-backed = Never backed up
set-never-backed-page = Never backed up. This browser may clear its storage by itself
set-backed-up = Last saved { $when }
set-locked-keys = Keys are locked by your passphrase
set-locked-keys-hint = Whoever takes this device needs it to read anything here.
set-open-keys = Keys are not locked
set-open-keys-hint = Whoever opens this device can read what is on it. Lock the device itself.
set-key = Your key
set-key-hint = Others compare it with what their device shows for you.
set-about = About
set-kind-page = Couloir from a hub, in this page
set-kind-tab = Couloir runs in another tab of this browser
set-kind-daemon = Couloir runs on this machine
set-kind-file = Couloir from a file, couloir.html
set-guest-hint = Guest link: whoever runs this Wi-Fi could alter the page.
set-file-hint = Compare its check words with those that were handed out with it.
set-full-hint = Keys are made on this device and stay here.
set-own-certificate-hint = Keys stay on this device. Nobody has altered the page if its certificate is the one on the hub’s screen.
set-hub = Hub “{ $name }”
set-hub-hint = { $url }
set-blocked = { $people ->
    [one] One person blocked
   *[other] { $people } people blocked
}
set-end = End
set-wipe = Wipe this device
set-wipe-hint = Deletes your keys, caucuses and photos here. Others keep what you sent them. It cannot be undone, and a backup is the only way back.
set-wipe-key = Wipe this device…

set-mail-hint = Others’ sealed mail and yours, on a stick, where no network goes
mail-title = Mail by file
mail-hint = Your device carries others’ sealed mail and yours for three days. Put it in a file, take the file to another device, and there the messages arrive. The file shows no name and no caucus.
mail-save = Save a file
mail-saved = Saved. On the other device, choose it here.
mail-held = { $envelopes ->
    [one] One sealed envelope is here, for whomever.
   *[other] { $envelopes } sealed envelopes are here, for whomever.
}
mail-unsealed = { $messages ->
    [one] One message of yours waits until somebody is in reach, and cannot be in the file yet.
   *[other] { $messages } messages of yours wait until somebody is in reach, and cannot be in the file yet.
}
mail-take = Take mail in from a file
mail-busy = Reading…
mail-new = { $envelopes ->
    [0] Nothing new was in it.
    [one] One new envelope was taken in.
   *[other] { $envelopes } new envelopes were taken in.
}
mail-known = Known already: { $envelopes }.
mail-expired = Past their time: { $envelopes }.
mail-elsewhere = Of another venue: { $envelopes }.
mail-refused = No mail at all: { $envelopes }.
mail-broken = Then the file breaks off. Copy it again, and take it in once more.
move-title = Move your identity
move-way = Which way
move-away = To another device
move-here = From another device
move-away-hint = The other device becomes you as well. Others bring it into your caucuses again. Wipe this one afterwards if it is not yours.
move-here-hint = This device becomes whoever the file or code belongs to.
move-passphrase = Passphrase
move-passphrase-hint = It locks the file or code. Four words that do not belong together are good.
move-again = The same again
move-short = At least 8 characters.
move-differs = The two are not the same.
move-save = Save a file
move-file-hint = Who you are, whom you know, and what was said, to read.
move-show = Show a code
move-code-hint = Who you are, and nothing else.
move-locking = Locking it
move-saved = Saved. Open it on the other device with the passphrase.
move-qr = Your identity as a code, locked by the passphrase
move-scan = Scan it with the other device’s camera, and type the passphrase there.
move-to-lock = To this hub’s page with a lock
move-hide = Hide the code
move-choose = Choose the file
move-link = Or paste the link
move-its-passphrase = Its passphrase
move-no-file = Choose an identity file, or paste a link that has “move=” in it.
move-replaces = It takes the place of what is here
move-replaces-hint = Your keys, caucuses and history on this device are deleted. Save them first if you want them back.
move-take = Take it over
move-taking = Unlocking

wipe-title = Wipe this device?
wipe-gone = Gone from here at once: your keys, { $caucuses }, { $messages }, { $files }.
wipe-gone-all = Gone from here at once: your keys, caucuses, messages and photos.
wipe-caucuses = { $count ->
    [one] one caucus
   *[other] { $count } caucuses
}
wipe-messages = { $count ->
    [one] one message
   *[other] { $count } messages
}
wipe-files = { $count ->
    [one] one photo or file
   *[other] { $count } photos and files
}
wipe-stays = Stays with others: what they received from you. A deleted file can sometimes be recovered from a disk; the key to it cannot.
wipe-no-backup = No backup yet
wipe-no-backup-hint = Without one, nobody can give you this identity back.
wipe-backed-up = Backed up { $when }
wipe-backed-up-hint = What came since then is not in it.
wipe-type = Type “{ $word }” to go on
wipe-word = wipe
wipe-backup = Back up first
wipe-now = Wipe now
wipe-wiping = Wiping
wipe-done = Wiped
wipe-done-hint = Nothing of yours is left here.
wipe-done-daemon = Nothing of yours is left here. Couloir on this machine has stopped; start it again in its terminal.
wipe-begin = Begin anew
wipe-failed = Not everything could be deleted. Close the other tabs of Couloir and try again.

set-devices-hint = Which there are, one more, one less

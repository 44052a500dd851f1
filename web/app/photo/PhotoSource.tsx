import type { TargetedEvent } from "preact";
import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";

interface PhotoSourceProps {
  readonly onChoose: (file: File) => void;
}

interface SourceProps extends PhotoSourceProps {
  readonly icon: IconName;
  readonly label: string;
  /** Straight to the camera where there is one. */
  readonly camera?: boolean;
}

const Source = ({ icon, label, camera, onChoose }: SourceProps) => (
  <label class="key key--tall key--file">
    <Icon name={icon} size="m" />
    {label}
    <input
      class="vh"
      type="file"
      accept="image/*"
      {...(camera && { capture: "environment" })}
      onChange={({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
        const chosen = currentTarget.files?.[0];
        currentTarget.value = "";
        if (chosen) onChoose(chosen);
      }}
    />
  </label>
);

/** Two ways to a photo: the camera, or what is on the device. Neither needs a permission. */
export const PhotoSource = ({ onChoose }: PhotoSourceProps) => (
  <div class="keys keys--even">
    <Source icon="photo" label={t("photo-take")} camera onChoose={onChoose} />
    <Source icon="copy" label={t("photo-choose")} onChoose={onChoose} />
  </div>
);

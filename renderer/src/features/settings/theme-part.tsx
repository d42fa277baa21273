import { SegmentedControl } from '@mantine/core';
import { Part } from '../../components/part.tsx';
import { useTheme } from '../../ground/theme-choice.tsx';
import { THEME_CHOICES } from '../../ground/theme-words.ts';

export const ThemePart = () => {
  const { theme, choose } = useTheme();
  return (
    <Part title="Theme" description="For this PC. System follows the operating system.">
      <SegmentedControl aria-label="Theme" data={[...THEME_CHOICES]} value={theme} onChange={choose} />
    </Part>
  );
};

import { SegmentedControl } from '@mantine/core';
import { useTheme } from '../../app/theme-choice.tsx';
import { THEME_CHOICES } from '../../app/theme-words.ts';
import { Part } from '../../components/part.tsx';

export const ThemePart = () => {
  const { theme, choose } = useTheme();
  return (
    <Part title="Theme" description="For this PC. System follows the operating system.">
      <SegmentedControl aria-label="Theme" data={[...THEME_CHOICES]} value={theme} onChange={choose} />
    </Part>
  );
};

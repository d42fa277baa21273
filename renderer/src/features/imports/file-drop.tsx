import { Group, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type ChangeEvent, useEffect, useId, useState } from 'react';
import classes from './imports.module.css';

interface FileDropProps {
  readonly disabled: boolean;
  /** The name of a file that is being looked at. */
  readonly offering: string | null;
  readonly onFile: (file: File) => void;
}

/** Takes one file: chosen, or dropped anywhere on the page. */
export const FileDrop = ({ disabled, offering, onFile }: FileDropProps) => {
  const input = useId();
  const [several, setSeveral] = useState(0);
  const take = (files: FileList | null) => {
    const file = files?.item(0) ?? null;
    setSeveral(files?.length ?? 0);
    if (file !== null && !disabled) onFile(file);
  };
  const over = useDropAnywhere(disabled, take);
  return (
    <div className={classes.drop} data-over={over}>
      <IconFileImport size={28} stroke={1.4} aria-hidden="true" />
      <div className={classes.dropWords}>
        <Text fw={600}>Drop a file anywhere on this page, or choose one</Text>
        <Text size="sm" c="dimmed" role="status">
          {offering !== null
            ? `Looking at ${offering}…`
            : several > 1
              ? `Only the first of the ${several} files was taken. Import them one after another.`
              : 'GO file, URP holdings, OneForms, AS numbers or training. Nothing is written before you say so.'}
        </Text>
      </div>
      <Group>
        <input
          id={input}
          type="file"
          className={classes.fileInput}
          disabled={disabled}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            take(event.currentTarget.files);
            // The same file may be chosen again after a mend.
            event.currentTarget.value = '';
          }}
        />
        <label htmlFor={input} className={classes.fileLabel} data-disabled={disabled}>
          Choose a file
        </label>
      </Group>
    </div>
  );
};

/** Listens on the whole window, so that a file dropped beside the box is never opened in place of the program. */
const useDropAnywhere = (disabled: boolean, take: (files: FileList | null) => void): boolean => {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = disabled ? 'none' : 'copy';
      setOver(!disabled);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      if (!disabled && hasFile(event)) take(event.dataTransfer?.files ?? null);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  });
  return over;
};

// The whole of Mantine's styles, for every screen but the first (first-styles.ts). Said again from the start, so that the order in
// which its rules win stays Mantine's.
import '@mantine/core/styles.layer.css';

import { AppShell, Burger, Button, Group, Kbd, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications, notifications } from '@mantine/notifications';
import '../ground/all-styles.ts';
import '@mantine/notifications/styles.layer.css';
import {
  type Icon,
  IconAlertTriangle,
  IconFileImport,
  IconHome,
  IconId,
  IconKey,
  IconListCheck,
  IconNotebook,
  IconSearch,
  IconSettings,
  IconShieldLock,
  IconUserCog,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link, Router, useLocation } from 'wouter';
import { EnvironmentBanner } from '../ground/environment-banner.tsx';
import { useHashLocation } from '../ground/hash-location.ts';
import { jobRuns, useJob } from '../ground/job.tsx';
import { useSession, useSignedIn } from '../ground/session.tsx';
import { useNow } from '../lib/use-now.ts';
import { AccountMenu } from './account-menu.tsx';
import { brokenGlassLines } from './broken-glass.ts';
import { BrokenGlassBanner, GLASS_LINE_REM } from './broken-glass-banner.tsx';
import { ChangePasswordModal } from './change-password-modal.tsx';
import { CommandPalette, openPalette } from './command-palette.tsx';
import { EnrolCardModal } from './enrol-card-modal.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { isAt, type PLACES, placesFor } from './navigation.ts';
import { Routes } from './routes.tsx';
import { useLeave } from './use-leave.ts';
import { useMayEnrol } from './use-may-enrol.ts';
import { useReadAhead } from './use-read-ahead.ts';
import { useShellKeys } from './use-shell-keys.ts';
import classes from './work-shell.module.css';

export { readHomeAhead } from './routes.tsx';

const ICONS: Readonly<Record<(typeof PLACES)[number]['to'], Icon>> = {
  '/': IconHome,
  '/requests': IconListCheck,
  '/findings': IconAlertTriangle,
  '/imports': IconFileImport,
  '/people': IconUsers,
  '/user-names': IconId,
  '/access': IconKey,
  '/ledger': IconNotebook,
  '/users': IconUserCog,
  '/security': IconShieldLock,
  '/settings': IconSettings,
};

const Navigation = ({ onGone }: { readonly onGone: () => void }) => {
  const { may } = useSignedIn();
  const [path] = useLocation();
  const readAhead = useReadAhead();
  return placesFor(may).map((place) => {
    const PlaceIcon = ICONS[place.to as keyof typeof ICONS];
    return (
      <NavLink
        key={place.to}
        component={Link}
        href={place.to}
        label={place.label}
        leftSection={<PlaceIcon size={18} stroke={1.6} aria-hidden="true" />}
        active={isAt(place, path)}
        aria-current={isAt(place, path) ? 'page' : undefined}
        onClick={onGone}
        {...(place.to === '/requests' ? { onPointerEnter: readAhead, onFocus: readAhead } : {})}
      />
    );
  });
};

/** Puts the reader at the new screen, unless that screen has already taken the keyboard. */
const useFocusOnArrival = (main: React.RefObject<HTMLElement | null>): void => {
  const [path] = useLocation();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    window.scrollTo(0, 0);
    if (main.current !== null && !main.current.contains(document.activeElement)) {
      main.current.focus({ preventScroll: true });
    }
  }, [path, main]);
};

const Frame = () => {
  const { trust, may } = useSignedIn();
  const { state } = useSession();
  const glass = brokenGlassLines(state?.brokenGlass ?? [], useNow());
  const standing = `${glass.length * GLASS_LINE_REM}rem`;
  const mayEnrol = useMayEnrol();
  const [navigationOpen, navigation] = useDisclosure(false);
  const [helpOpen, help] = useDisclosure(false);
  const [passwordOpen, password] = useDisclosure(false);
  const [cardOpen, card] = useDisclosure(false);
  const leave = useLeave();
  const job = useJob();
  const main = useRef<HTMLElement>(null);
  useFocusOnArrival(main);
  useShellKeys({ places: placesFor(may), onHelp: help.toggle, onLock: leave.lock });
  useEffect(() => () => notifications.clean(), []);
  return (
    <>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <AppShell
        header={{ height: `calc(${1.75 + 3.25}rem + ${standing})` as unknown as number }}
        style={{ '--ead-standing': standing }}
        navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !navigationOpen } }}
        padding="lg"
        transitionDuration={0}
      >
        <AppShell.Header className="no-print">
          <EnvironmentBanner trust={trust} />
          <BrokenGlassBanner lines={glass} />
          <Group h="3.25rem" px="md" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={navigationOpen}
                onClick={navigation.toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={navigationOpen ? 'Close the navigation' : 'Open the navigation'}
                aria-expanded={navigationOpen}
              />
              <Text fw={700} className={classes.brand}>
                ESR Access Desk
              </Text>
            </Group>
            <Group gap="sm" wrap="nowrap">
              <Button
                variant="default"
                size="xs"
                leftSection={<IconSearch size={15} aria-hidden="true" />}
                rightSection={
                  <Kbd size="xs" aria-hidden="true">
                    Ctrl K
                  </Kbd>
                }
                onClick={openPalette}
                aria-keyshortcuts="Control+K"
              >
                <span className={classes.searchWord}>Search</span>
              </Button>
              <AccountMenu
                onChangePassword={password.open}
                onEnrolCard={mayEnrol ? card.open : null}
                onLock={leave.lock}
                onSignOut={leave.signOut}
                onHelp={help.open}
              />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" className={`no-print ${classes.navigation}`} aria-label="Main">
          <Navigation onGone={navigation.close} />
        </AppShell.Navbar>
        <AppShell.Main ref={main} id="main" tabIndex={-1} className={classes.main} data-job={jobRuns(job)}>
          <Routes />
        </AppShell.Main>
      </AppShell>
      <CommandPalette
        onHelp={help.open}
        onLock={leave.lock}
        onSignOut={leave.signOut}
        onChangePassword={password.open}
        onEnrolCard={mayEnrol ? card.open : null}
      />
      <KeyboardHelp opened={helpOpen} onClose={help.close} />
      <ChangePasswordModal opened={passwordOpen} onClose={password.close} />
      {cardOpen && <EnrolCardModal onClose={card.close} />}
      <Notifications position="bottom-right" />
    </>
  );
};

/** Everything behind sign-in: banner, navigation, one screen, and the keys that work everywhere. */
export const WorkShell = () => (
  <Router hook={useHashLocation}>
    <Frame />
  </Router>
);

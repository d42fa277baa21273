import { Title } from '@mantine/core';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { AccessTable } from '../../components/access-table.tsx';
import { AgedSource } from '../../components/aged-source.tsx';
import classes from './request.module.css';

export const PresentAccess = ({ detail }: { readonly detail: RequestDetail }) => (
  <section className={`${classes.card} ${classes.noPrint}`} aria-labelledby="present-access">
    <Title order={2} size="h4" id="present-access">
      Present access
    </Title>
    <AccessTable label="Present access" rows={detail.presentAccess} />
    <AgedSource source={detail.presentAccessSource} />
  </section>
);

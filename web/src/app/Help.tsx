import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import { useMe } from '~/api/queries';
import { Key, mod } from '~/kit';
import { placesFor } from './places';

/** Every key, in one place. */
export function Help({ onClose }: { onClose: () => void }) {
  const places = placesFor(useMe());
  const groups: [string, [string[], string][]][] = [
    [
      t`Anywhere`,
      [
        [[mod(), 'K'], t`search or jump to`],
        [['/'], t`search or jump to`],
        [['c'], t`new thread`],
        [['u'], t`take back what was just done`],
        [[mod(), 'J'], t`light or dark`],
        [['?'], t`this list`],
      ],
    ],
    [
      t`In lists`,
      [
        [['j'], t`next`],
        [['k'], t`previous`],
        [['Enter'], t`open`],
        [['e'], t`done`],
        [['r'], t`answer`],
        [['s'], t`set aside`],
        [['x'], t`details`],
      ],
    ],
    [
      t`While writing`,
      [
        [[mod(), 'Enter'], t`send`],
        [[mod(), 'B'], t`bold`],
        [[mod(), 'I'], t`italic`],
        [['@'], t`mention somebody`],
        [['Esc'], t`back`],
      ],
    ],
    [t`Go to`, places.map((p) => [['g', p.key], p.label])],
  ];
  return (
    <Modal opened onClose={onClose} title={t`Keys`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
      <div className="help">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, words]) => (
                <div key={names.join() + words}>
                  <dt>
                    {names.map((k) => (
                      <Key key={k}>{k}</Key>
                    ))}
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

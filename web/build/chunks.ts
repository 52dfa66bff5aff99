/**
 * Which modules share a file. Left alone, the bundler makes a file for each set of pages that
 * share something, some forty for the first page; here what the first page needs is gathered
 * into two. What is named here is loaded always, so name nothing that the inbox can do
 * without: scripts/bytes.mjs asserts what it weighs.
 */
const icons =
  'Inbox|Gavel|Bulb|Checklist|ArrowsExchange|Messages|Users|LayoutGrid|CalendarTime|News|Mail|Settings|ShieldCog|ChevronUp|Lock|Moon|Plus|Search|Sun|Check|MessageReply|ArrowBackUp|ClockPause';
const mantine = 'Burger|Button|ActionIcon|Skeleton|Stack|Loader|UnstyledButton|Transition';
const kit =
  'index|Faces|keys|Long|Menu|Page|PathLink|Person|Pop|Row|locale|schemes|theme|time|toast|useRowKeys|When';

const base = [
  'node_modules/(@tanstack|@lingui|clsx)',
  `@tabler/icons-react/dist/esm/(createReactComponent|defaultAttributes|icons/Icon(${icons})\\.)`,
  `@mantine/core/esm/(core|utils|components/(${mantine})/)`,
  `src/(api/|kit/(${kit})\\.)`,
  'src/core/asks/(actions|Owed|words)\\.',
];

export const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
  { name: 'base', test: new RegExp(base.join('|')), priority: 1 },
];

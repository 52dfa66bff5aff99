const mouths = [
  'M8 17 Q12 12.5 16 17',
  'M8.3 16.4 Q12 14.2 15.7 16.4',
  'M8.5 15.6 H15.5',
  'M8.2 14.8 Q12 17.4 15.8 14.8',
  'M7.6 14 Q12 19.6 16.4 14',
];

/** A face for a mood of 1 to 5; the word beside it says which. */
export function MoodFace({ mood, size = 30 }: { mood: number; size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} className="chk-mood" aria-hidden>
      <circle cx="12" cy="12" r="10.5" className="chk-mood-face" />
      <circle cx="8.6" cy="9.6" r="1.2" className="chk-mood-eye" />
      <circle cx="15.4" cy="9.6" r="1.2" className="chk-mood-eye" />
      <path d={mouths[mood - 1]} className="chk-mood-mouth" />
    </svg>
  );
}

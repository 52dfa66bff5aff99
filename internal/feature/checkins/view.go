package checkins

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// CheckinQuestion is a question of a check-in.
type CheckinQuestion struct {
	Key      string   `json:"key,omitempty" maxLength:"20" doc:"Stays the same when the words change; made when left out."`
	Kind     string   `json:"kind" enum:"text,choice,number,mood,yes_no,health,hill,of_week,blocker"`
	Text     string   `json:"text,omitempty" maxLength:"2000" doc:"Markdown is not read. Left out for of_week, whose words are the week's."`
	Choices  []string `json:"choices,omitempty" maxItems:"20"`
	Unit     string   `json:"unit,omitempty" maxLength:"300"`
	Required bool     `json:"required,omitempty"`
}

// CheckinRhythm is when a check-in is asked.
type CheckinRhythm struct {
	Every    string   `json:"every" enum:"day,week,month,once" doc:"day: each working day of each person, or some weekdays of them."`
	N        int      `json:"n,omitempty" minimum:"0" maximum:"12" doc:"Every n weeks or months; 1 when 0."`
	Weekdays []string `json:"weekdays,omitempty" maxItems:"7" doc:"mon, tue, wed, thu, fri, sat, sun."`
	Nth      int      `json:"nth,omitempty" minimum:"-1" maximum:"4" doc:"Of a month: the first to fourth of the weekday, or -1 for the last."`
	From     string   `json:"from,omitempty" maxLength:"10" doc:"Local date of each person: not before it. Weeks and months count from it. Your today when empty."`
	Until    string   `json:"until,omitempty" maxLength:"10"`
	At       string   `json:"at,omitempty" enum:"start,end,clock" doc:"Of each person's own day; start when empty. Never before their day begins, and not so late that no half hour is left."`
	Clock    string   `json:"clock,omitempty" maxLength:"5" doc:"09:30, on each person's own clock."`
	Minutes  int      `json:"minutes,omitempty" minimum:"0" maximum:"480" doc:"After the start, or before the end."`
}

// CheckinSpace names the space of a check-in.
type CheckinSpace = asks.SpaceView

// CheckinView is a check-in as the API writes it.
type CheckinView struct {
	ID            string             `json:"id"`
	Name          string             `json:"name"`
	Purpose       string             `json:"purpose"`
	Space         CheckinSpace       `json:"space"`
	Thread        string             `json:"thread" doc:"Where it is talked about."`
	Owner         people.PersonRef   `json:"owner"`
	OwnerLeft     bool               `json:"owner_left" doc:"The owner left or became a guest: it goes on, and whoever may write in the space can take it over."`
	Template      string             `json:"template"`
	Team          *people.TeamRef    `json:"team"`
	People        []people.PersonRef `json:"people" nullable:"false" doc:"Asked besides the team."`
	Asked         int                `json:"asked" doc:"How many people are asked."`
	Questions     []CheckinQuestion  `json:"questions" nullable:"false"`
	Rhythm        CheckinRhythm      `json:"rhythm"`
	RhythmWords   string             `json:"rhythm_words"`
	Hidden        bool               `json:"hidden" doc:"Others' answers for a date only once you have answered, or your day for it is over."`
	BlockerWindow string             `json:"blocker_window"`
	State         string             `json:"state" enum:"active,paused,ended"`
	PauseUntil    string             `json:"pause_until" doc:"Local date from which it is asked again; empty when it is not paused, or until somebody takes it up."`
	Version       int64              `json:"version"`
	MadeAt        time.Time          `json:"made_at"`
	EndedAt       *time.Time         `json:"ended_at"`
	Outcome       string             `json:"outcome"`
	My            CheckinMine        `json:"my"`
	May           CheckinMay         `json:"may"`
}

// CheckinMine is the reader's own part.
type CheckinMine struct {
	Asked    bool       `json:"asked"`
	Follows  bool       `json:"follows" doc:"Gets a report when their day begins and there is something new."`
	NextAt   *time.Time `json:"next_at"`
	NextDate string     `json:"next_date" doc:"Your local date for which you are asked next."`
	Turn     string     `json:"turn" doc:"The turn that waits for your answer; empty for none."`
}

// CheckinMay says what the reader may do.
type CheckinMay struct {
	Change   bool `json:"change"`
	Follow   bool `json:"follow"`
	TakeOver bool `json:"take_over" doc:"Have it asked in one's own name."`
}

// CheckinAnswer is what was said to one question.
type CheckinAnswer struct {
	Question string   `json:"question" maxLength:"20"`
	Text     string   `json:"text,omitempty" maxLength:"20000" doc:"Of a choice or a health, the choice."`
	Number   *float64 `json:"number,omitempty"`
	Yes      *bool    `json:"yes,omitempty"`
}

// CheckinSaid is an answer with its question, to be read.
type CheckinSaid struct {
	CheckinAnswer
	Kind  string `json:"kind"`
	Asked string `json:"asked" doc:"The question as it was asked."`
	HTML  string `json:"html" doc:"Of a text."`
	Unit  string `json:"unit"`
}

// CheckinEntry is a published answer.
type CheckinEntry struct {
	Turn        string           `json:"turn"`
	Checkin     string           `json:"checkin"`
	Person      people.PersonRef `json:"person"`
	Date        string           `json:"date" doc:"The answerer's own local date."`
	PublishedAt time.Time        `json:"published_at"`
	Late        bool             `json:"late" doc:"It came after the end of that day."`
	EditedAt    *time.Time       `json:"edited_at" doc:"Changed after it stood in somebody's report."`
	Nothing     bool             `json:"nothing" doc:"Nothing to say."`
	Said        []CheckinSaid    `json:"said" nullable:"false" doc:"Moods are in one's own only."`
	Blockers    []CheckinBlocker `json:"blockers" nullable:"false"`
}

// CheckinBlocker is something that somebody waits for.
type CheckinBlocker struct {
	ID        string            `json:"id"`
	Turn      string            `json:"turn"`
	Person    people.PersonRef  `json:"person" doc:"Who waits."`
	Words     string            `json:"words"`
	For       *people.PersonRef `json:"for" doc:"Whom they wait for."`
	What      string            `json:"what"`
	Ask       string            `json:"ask"`
	Thread    string            `json:"thread"`
	Post      string            `json:"post"`
	MadeAt    time.Time         `json:"made_at"`
	SettledAt *time.Time        `json:"settled_at"`
	May       CheckinBlockerMay `json:"may"`
}

// CheckinBlockerMay says what the reader may do.
type CheckinBlockerMay struct {
	Settle bool `json:"settle"`
}

// CheckinTurn is a turn of the reader's own, or the published answer of another.
type CheckinTurn struct {
	ID        string            `json:"id"`
	Checkin   string            `json:"checkin"`
	Name      string            `json:"name"`
	Space     CheckinSpace      `json:"space"`
	Thread    string            `json:"thread"`
	Person    people.PersonRef  `json:"person"`
	Date      string            `json:"date"`
	AskedAt   time.Time         `json:"asked_at"`
	DueAt     time.Time         `json:"due_at" doc:"The end of the day; nothing is expected after it, and an answer still taken."`
	State     string            `json:"state" enum:"open,answered,over,skipped"`
	Questions []CheckinQuestion `json:"questions" nullable:"false"`
	Hidden    bool              `json:"hidden"`
	Answer    *CheckinEntry     `json:"answer"`
	Draft     []CheckinAnswer   `json:"draft" nullable:"false" doc:"Yours alone."`
	DraftAt   *time.Time        `json:"draft_at"`
	Did       []CheckinDoing    `json:"did" nullable:"false" doc:"What you did here since you were asked last, to begin with; nobody sees it unless you write it."`
	Last      *CheckinEntry     `json:"last" doc:"What you answered last time."`
	Waiting   []CheckinBlocker  `json:"waiting" nullable:"false" doc:"What you wait for still."`
	May       CheckinTurnMay    `json:"may"`
}

// CheckinTurnMay says what the reader may do.
type CheckinTurnMay struct {
	Answer   bool `json:"answer"`
	Skip     bool `json:"skip"`
	Withdraw bool `json:"withdraw"`
}

// CheckinDoing is something that the reader did here.
type CheckinDoing struct {
	Words string    `json:"words"`
	Path  string    `json:"path"`
	At    time.Time `json:"at"`
}

// CheckinReport is a report for one reader.
type CheckinReport struct {
	ID       string           `json:"id" doc:"Empty for what would be reported now."`
	Checkin  string           `json:"checkin"`
	Name     string           `json:"name"`
	Date     string           `json:"date" doc:"The reader's own local date."`
	MadeAt   time.Time        `json:"made_at"`
	Answered int64            `json:"answered" doc:"People."`
	Asked    *int64           `json:"asked" doc:"People; null when they are fewer than five."`
	People   []CheckinVoice   `json:"people" nullable:"false"`
	Waiting  []CheckinBlocker `json:"waiting" nullable:"false" doc:"What anybody waits for now."`
}

// CheckinVoice is what one person said since the last report.
type CheckinVoice struct {
	Person  people.PersonRef `json:"person"`
	Latest  CheckinEntry     `json:"latest"`
	Earlier []CheckinEntry   `json:"earlier" nullable:"false"`
}

// CheckinReportRef is a report in a list.
type CheckinReportRef struct {
	ID       string    `json:"id"`
	Date     string    `json:"date"`
	MadeAt   time.Time `json:"made_at"`
	Answered int64     `json:"answered"`
	Asked    *int64    `json:"asked"`
}

// CheckinFigures are the figures of whole weeks, of five people or more.
type CheckinFigures struct {
	Questions []CheckinQuestion `json:"questions" nullable:"false"`
	Weeks     []CheckinWeek     `json:"weeks" nullable:"false" doc:"In order. A week is counted once, when it is over for everybody."`
}

// CheckinWeek are the figures of one week.
type CheckinWeek struct {
	Monday   string             `json:"monday"`
	Answered *float64           `json:"answered" doc:"Of those asked, in percent."`
	Means    map[string]float64 `json:"means" doc:"By key of the question; of moods rounded to halves."`
}

func some(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func questionViews(list []Question) []CheckinQuestion {
	out := []CheckinQuestion{}
	for _, q := range list {
		out = append(out, CheckinQuestion(q))
	}
	return out
}

func (in CheckinQuestion) read() Question { return Question(in) }

func answerViews(list []Answer) []CheckinAnswer {
	out := []CheckinAnswer{}
	for _, a := range list {
		out = append(out, CheckinAnswer(a))
	}
	return out
}

func answersIn(list []CheckinAnswer) []Answer {
	out := []Answer{}
	for _, a := range list {
		out = append(out, Answer(a))
	}
	return out
}

// refsOf looks up how people are shown.
func (s *Service) refsOf(ctx context.Context, a actor.Actor, list []id.ID) (map[id.ID]people.PersonRef, error) {
	return s.people.Refs(ctx, s.db, a.Workspace, unique(list))
}

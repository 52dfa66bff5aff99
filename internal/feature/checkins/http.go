package checkins

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "checkins"

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins", ID: "listCheckins", Summary: "The check-ins that you may read, newest first.", Tag: tag}, s.getList)
	web.Handle(api, web.Op{Method: "POST", Path: "/checkins", ID: "makeCheckin", Summary: "Begin a check-in, with a thread of its own.", Tag: tag}, s.postCheckin)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkin-templates", ID: "checkinTemplates", Summary: "Check-ins to begin with.", Tag: tag}, s.getTemplates)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}", ID: "getCheckin", Summary: "One check-in.", Tag: tag}, s.getCheckin)
	web.Handle(api, web.Op{Method: "PUT", Path: "/checkins/{checkin}", ID: "changeCheckin", Summary: "Change a check-in from its next time on.", Tag: tag}, s.putCheckin)
	web.Handle(api, web.Op{Method: "PUT", Path: "/checkins/{checkin}/pause", ID: "pauseCheckin", Summary: "Ask nobody for a while.", Tag: tag}, s.putPause)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/checkins/{checkin}/pause", ID: "resumeCheckin", Summary: "Ask again, from everybody's next time on.", Tag: tag, Status: 200}, s.deletePause)
	web.Handle(api, web.Op{Method: "POST", Path: "/checkins/{checkin}/end", ID: "endCheckin", Summary: "End a check-in for good and conclude its thread; what was said stays.", Tag: tag}, s.postEnd)
	web.Handle(api, web.Op{Method: "PUT", Path: "/checkins/{checkin}/follow", ID: "followCheckin", Summary: "Get its report when your day begins.", Tag: tag, Status: 204}, s.putFollow)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/checkins/{checkin}/follow", ID: "unfollowCheckin", Summary: "Get its reports no more.", Tag: tag, Status: 204}, s.deleteFollow)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}/answers", ID: "listCheckinAnswers", Summary: "The published answers, newest first.", Tag: tag}, s.getAnswers)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}/export", ID: "exportCheckin", Summary: "All answers that you may read, as a table.", Tag: tag}, s.getExport)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}/report", ID: "latestCheckinReport", Summary: "What is new to you, as it would be reported now.", Tag: tag}, s.getLatest)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}/reports", ID: "listCheckinReports", Summary: "Your reports, newest first.", Tag: tag}, s.getReports)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}/blockers", ID: "listCheckinBlockers", Summary: "What is waited for, the longest first.", Tag: tag}, s.getBlockers)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkins/{checkin}/figures", ID: "getCheckinFigures", Summary: "Figures of whole weeks of five people or more.", Tag: tag}, s.getFigures)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkin-reports/{report}", ID: "getCheckinReport", Summary: "A report of yours.", Tag: tag}, s.getReport)
	web.Handle(api, web.Op{Method: "POST", Path: "/checkin-blockers/{blocker}/settlement", ID: "settleCheckinBlocker", Summary: "Say that what you waited for is settled.", Tag: tag}, s.postSettlement)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkin-turns/{turn}", ID: "getCheckinTurn", Summary: "What you are asked, with your draft; or the answer of another.", Tag: tag}, s.getTurn)
	web.Handle(api, web.Op{Method: "PUT", Path: "/checkin-turns/{turn}/draft", ID: "draftCheckinAnswer", Summary: "Keep what you have written; nobody else sees it.", Tag: tag}, s.putDraft)
	web.Handle(api, web.Op{Method: "PUT", Path: "/checkin-turns/{turn}/answer", ID: "answerCheckin", Summary: "Publish your answer, or change it.", Tag: tag}, s.putAnswer)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/checkin-turns/{turn}/answer", ID: "withdrawCheckinAnswer", Summary: "Take your answer back while nobody was told of it.", Tag: tag, Status: 200}, s.deleteAnswer)
	web.Handle(api, web.Op{Method: "POST", Path: "/checkin-turns/{turn}/skip", ID: "skipCheckin", Summary: "Let yourself off for this date.", Tag: tag}, s.postSkip)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/checkins", ID: "myCheckins", Summary: "What check-ins expect of you now.", Tag: tag}, s.getMine)
	s.previewRoutes(api)
}

// on reads who asks and the thing it is about.
func on(ctx context.Context, prefix, ref string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode(prefix, ref)
	return a, x, err
}

type checkinIn struct {
	Checkin string `path:"checkin"`
}

// CheckinFields are what a check-in is made of.
type CheckinFields struct {
	Name          string            `json:"name,omitempty" maxLength:"500" doc:"The template's when empty."`
	Purpose       string            `json:"purpose,omitempty" maxLength:"8000"`
	Team          string            `json:"team,omitempty"`
	People        []string          `json:"people,omitempty" maxItems:"500"`
	Questions     []CheckinQuestion `json:"questions,omitempty" maxItems:"20"`
	Rhythm        *CheckinRhythm    `json:"rhythm,omitempty"`
	Hidden        bool              `json:"hidden,omitempty"`
	BlockerWindow string            `json:"blocker_window,omitempty" maxLength:"20" doc:"How long those may take whom a blocker waits for: 1d when empty."`
}

func (in CheckinFields) read() (n NewCheckin, err error) {
	n = NewCheckin{Name: in.Name, Purpose: in.Purpose, Hidden: in.Hidden, BlockerWindow: in.BlockerWindow}
	if in.Team != "" {
		if n.Team, err = id.Decode("team", in.Team); err != nil {
			return n, err
		}
	}
	if n.People, err = id.DecodeAll("per", in.People); err != nil {
		return n, err
	}
	for _, q := range in.Questions {
		n.Questions = append(n.Questions, q.read())
	}
	if in.Rhythm != nil {
		n.Rhythm = Rhythm(*in.Rhythm)
	}
	return n, nil
}

type checkinMakeIn struct {
	Body struct {
		Space    string `json:"space"`
		Template string `json:"template,omitempty" maxLength:"40" doc:"What is left empty is the template's."`
		CheckinFields
	}
}

func (s *Service) postCheckin(ctx context.Context, in *checkinMakeIn) (*web.Out[CheckinView], error) {
	a, space, err := on(ctx, "sp", in.Body.Space)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	n.Space, n.Template = space, in.Body.Template
	c, err := s.Make(ctx, a, n)
	return s.out(ctx, a, c, err)
}

type checkinChangeIn struct {
	Checkin string `path:"checkin"`
	Body    struct {
		Version int64 `json:"version" minimum:"0" doc:"The version that was changed; a newer one meanwhile is a conflict."`
		CheckinFields
	}
}

func (s *Service) putCheckin(ctx context.Context, in *checkinChangeIn) (*web.Out[CheckinView], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	c, err := s.Set(ctx, a, x, Change{Version: in.Body.Version, NewCheckin: n})
	return s.out(ctx, a, c, err)
}

func (s *Service) out(ctx context.Context, a actor.Actor, c Checkin, err error) (*web.Out[CheckinView], error) {
	if err != nil {
		return nil, err
	}
	if c, err = s.find(ctx, s.db, a, c.ID); err != nil {
		return nil, err
	}
	views, err := s.views(ctx, a, []Checkin{c})
	if err != nil {
		return nil, err
	}
	return &web.Out[CheckinView]{Body: views[0]}, nil
}

func (s *Service) getCheckin(ctx context.Context, in *checkinIn) (*web.Out[CheckinView], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	return s.out(ctx, a, Checkin{ID: x}, err)
}

type checkinPauseIn struct {
	Checkin string `path:"checkin"`
	Body    struct {
		Until string `json:"until,omitempty" maxLength:"10" doc:"Local date of each person from which to ask again; empty: until somebody takes it up."`
	}
}

func (s *Service) putPause(ctx context.Context, in *checkinPauseIn) (*web.Out[CheckinView], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	c, err := s.Pause(ctx, a, x, in.Body.Until)
	return s.out(ctx, a, c, err)
}

func (s *Service) deletePause(ctx context.Context, in *checkinIn) (*web.Out[CheckinView], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	c, err := s.Resume(ctx, a, x)
	return s.out(ctx, a, c, err)
}

type checkinEndIn struct {
	Checkin string `path:"checkin"`
	Body    struct {
		Outcome string `json:"outcome,omitempty" maxLength:"20000" doc:"What came of it, in Markdown; its thread is concluded with it."`
	}
}

func (s *Service) postEnd(ctx context.Context, in *checkinEndIn) (*web.Out[CheckinView], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	c, err := s.End(ctx, a, x, in.Body.Outcome)
	return s.out(ctx, a, c, err)
}

func (s *Service) putFollow(ctx context.Context, in *checkinIn) (*web.None, error) {
	return s.following(ctx, in, true)
}

func (s *Service) deleteFollow(ctx context.Context, in *checkinIn) (*web.None, error) {
	return s.following(ctx, in, false)
}

func (s *Service) following(ctx context.Context, in *checkinIn, follow bool) (*web.None, error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Follow(ctx, a, x, follow)
}

type checkinListIn struct {
	Space string `query:"space" maxLength:"64"`
	Ended bool   `query:"ended" doc:"Those that have ended, instead of those that go on."`
	After string `query:"after" maxLength:"64"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (s *Service) getList(ctx context.Context, in *checkinListIn) (*web.Out[web.Page[CheckinView]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	var space, before id.ID
	if in.Space != "" {
		if space, err = id.Decode("sp", in.Space); err != nil {
			return nil, err
		}
	}
	if in.After != "" {
		if before, err = id.Decode("chk", in.After); err != nil {
			return nil, err
		}
	}
	list, err := s.List(ctx, s.db, a, space, before, in.Ended, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := web.Page[CheckinView]{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		page.Next = id.Encode("chk", list[in.Limit-1].ID)
	}
	page.Items, err = s.views(ctx, a, list)
	return &web.Out[web.Page[CheckinView]]{Body: page}, err
}

// CheckinTemplate is a check-in to begin with.
type CheckinTemplate struct {
	Key         string            `json:"key"`
	Name        string            `json:"name"`
	Purpose     string            `json:"purpose"`
	Questions   []CheckinQuestion `json:"questions" nullable:"false"`
	Rhythm      CheckinRhythm     `json:"rhythm"`
	RhythmWords string            `json:"rhythm_words"`
}

func (s *Service) getTemplates(ctx context.Context, _ *struct{}) (*web.Out[web.Page[CheckinTemplate]], error) {
	if _, err := actor.From(ctx); err != nil {
		return nil, err
	}
	page := web.Page[CheckinTemplate]{Items: []CheckinTemplate{}}
	for _, t := range Templates() {
		page.Items = append(page.Items, CheckinTemplate{
			Key: t.Key, Name: t.Name, Purpose: t.Purpose, Questions: questionViews(t.Questions), Rhythm: CheckinRhythm(t.Rhythm), RhythmWords: t.Rhythm.Words(),
		})
	}
	return &web.Out[web.Page[CheckinTemplate]]{Body: page}, nil
}

// CheckinDue is something that a check-in expects of the reader.
type CheckinDue struct {
	Turn    string    `json:"turn"`
	Checkin string    `json:"checkin"`
	Name    string    `json:"name"`
	Date    string    `json:"date"`
	DueAt   time.Time `json:"due_at"`
	Drafted bool      `json:"drafted"`
}

func (s *Service) getMine(ctx context.Context, _ *struct{}) (*web.Out[web.Page[CheckinDue]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, known, err := s.Mine(ctx, s.db, a)
	if err != nil {
		return nil, err
	}
	page := web.Page[CheckinDue]{Items: []CheckinDue{}}
	for _, t := range list {
		page.Items = append(page.Items, CheckinDue{
			Turn: id.Encode("turn", t.ID), Checkin: id.Encode("chk", t.Checkin), Name: known[t.Checkin].Name, Date: t.Date, DueAt: t.DueAt.Time(), Drafted: !t.DraftAt.IsZero(),
		})
	}
	return &web.Out[web.Page[CheckinDue]]{Body: page}, nil
}

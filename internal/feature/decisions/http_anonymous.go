package decisions

import (
	"context"
	"strconv"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// A ballot without a name is put, not posted: a key of repetition would keep a hash of
// what was posted beside the name of who did, from which few ballots can be guessed.
func (s *Service) routesAnonymous(api *web.API) {
	web.Handle(api, web.Op{Method: "PUT", Path: "/decisions/{decision}/sealed-ballot", ID: "voteSealed", Summary: "Have your say in an anonymous decision, or say it anew with the same receipt.", Tag: tag}, s.putSealedBallot)
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}/secrecy", ID: "getSecrecy", Summary: "What is kept of a vote, for the ballot to say.", Tag: tag}, s.getSecrecy)
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}/opened-ballots", ID: "listOpenedBallots", Summary: "The ballots of an anonymous decision that has ended, in the order of their text.", Tag: tag}, s.getOpened)
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}/receipts", ID: "listReceipts", Summary: "The codes of the receipts of an anonymous decision that has ended, in the order of their letters.", Tag: tag}, s.getReceipts)
}

type sealedBallotIn struct {
	Decision string `path:"decision"`
	Body     struct {
		MarksView
		Line    string `json:"line,omitempty" maxLength:"4000" doc:"Instead of marks, as with a name."`
		Receipt string `json:"receipt" maxLength:"64" doc:"22 to 64 letters, digits, - and _, made at random by your own program and kept by it alone. A second ballot with the same receipt replaces the first."`
	}
}

// ReceiptView is what a voter keeps beside their receipt.
type ReceiptView struct {
	Code string `json:"code" doc:"Will be listed at the end: the first 20 digits of the SHA-256, in hex, of “meantime receipt DECISION RECEIPT”, with one space between the words."`
}

func (s *Service) putSealedBallot(ctx context.Context, in *sealedBallotIn) (*web.Out[ReceiptView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	m := Marks(in.Body.MarksView)
	if in.Body.Line != "" {
		about := m.Reasons
		if m, err = s.ReadLine(ctx, a, x, in.Body.Line, m.Reason); err != nil {
			return nil, err
		}
		m.Reasons = about
	}
	code, err := s.VoteSealed(ctx, a, x, m, in.Body.Receipt)
	return &web.Out[ReceiptView]{Body: ReceiptView{code}}, err
}

// SecrecyView is what a ballot says of itself before anybody votes.
type SecrecyView struct {
	Anonymous  bool     `json:"anonymous"`
	Kept       []string `json:"kept" nullable:"false" doc:"What is kept of a vote: a sentence each, to be shown with the ballot."`
	Receipt    string   `json:"receipt" doc:"What a receipt shows, and what it does not; empty with names."`
	Fewest     int      `json:"fewest" doc:"With fewer ballots none is opened; 0 with names."`
	KeyMissing bool     `json:"key_missing" doc:"The key is not on this server: nobody can vote, and nothing be opened, until it is."`
	State      string   `json:"state" enum:",open,opened,few,lost" doc:"Of the ballot box; empty with names, and before the start."`
}

func (s *Service) getSecrecy(ctx context.Context, in *decisionIn) (*web.Out[SecrecyView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	out, err := s.Secrecy(ctx, a, x)
	return &web.Out[SecrecyView]{Body: SecrecyView{
		Anonymous: out.Anonymous, Kept: out.Kept, Receipt: out.Receipt, Fewest: out.Fewest, KeyMissing: out.KeyMissing, State: string(out.State),
	}}, err
}

type numberedIn struct {
	Decision string `path:"decision"`
	After    string `query:"after"`
	Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

func (in *numberedIn) after() (int, error) {
	if in.After == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(in.After)
	if err != nil || n < 0 || n > 1<<30 {
		return 0, fault.New(fault.Invalid, "after", "Read on from the next that the last page gave.").At("after")
	}
	return n, nil
}

// numbered cuts a list at its limit and says where it goes on.
func numbered[T, V any](in *numberedIn, after int, list []T, view func(T) V) *web.Out[web.Page[V]] {
	page := web.Page[V]{Items: []V{}}
	if len(list) > in.Limit {
		list, page.Next = list[:in.Limit], strconv.Itoa(after+in.Limit)
	}
	for _, x := range list {
		page.Items = append(page.Items, view(x))
	}
	return &web.Out[web.Page[V]]{Body: page}
}

// OpenedBallotView is a ballot without a name.
type OpenedBallotView struct {
	Marks MarksView `json:"marks"`
}

func (s *Service) getOpened(ctx context.Context, in *numberedIn) (*web.Out[web.Page[OpenedBallotView]], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Opened(ctx, a, x, after, in.Limit+1)
	return numbered(in, after, list, func(b Ballot) OpenedBallotView { return OpenedBallotView{MarksView(b.Marks)} }), err
}

func (s *Service) getReceipts(ctx context.Context, in *numberedIn) (*web.Out[web.Page[ReceiptView]], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Codes(ctx, a, x, after, in.Limit+1)
	return numbered(in, after, list, func(code string) ReceiptView { return ReceiptView{code} }), err
}

// exportOpened adds what an anonymous decision has in place of ballots with names.
func (s *Service) exportOpened(ctx context.Context, a actor.Actor, x id.ID, out *Exported) (err error) {
	out.Opened, out.Receipts = []MarksView{}, []string{}
	list, err := s.Opened(ctx, a, x, 0, mostEntitled)
	if err != nil {
		return err
	}
	for _, b := range list {
		out.Opened = append(out.Opened, MarksView(b.Marks))
	}
	out.Receipts, err = s.Codes(ctx, a, x, 0, mostEntitled)
	return err
}

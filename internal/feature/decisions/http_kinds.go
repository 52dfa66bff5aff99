package decisions

import (
	"context"

	"example.org/meantime/internal/platform/web"
	"example.org/meantime/tally"
)

func (s *Service) routesKinds(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/kinds", ID: "listDecisionKinds", Summary: "The kinds of decision, each with what a ballot looks like, how it is counted and how ties are broken.", Tag: tag}, s.getKinds)
}

// KindView explains a kind of decision.
type KindView struct {
	Kind    string        `json:"kind" enum:"sense_check,consent,advice,majority,approval,score,dots,ranked,time"`
	Says    string        `json:"says" doc:"What it is, in a plain sentence."`
	Methods []tally.About `json:"methods" nullable:"false" doc:"The ways of counting it, the usual one first. Of a ranking the key is what rules.method takes."`
	Names   bool          `json:"names" doc:"Its ballots always carry names."`
	Least   int           `json:"least" doc:"So many options it needs."`
	Most    int           `json:"most" doc:"And may have at most; 0 where the context holds the one proposal."`
}

func (s *Service) getKinds(context.Context, *struct{}) (*web.Out[web.Page[KindView]], error) {
	page := web.Page[KindView]{Items: []KindView{}}
	for _, k := range Kinds() {
		page.Items = append(page.Items, KindView{Kind: string(k.Kind), Says: k.Says, Methods: k.Methods, Names: k.Names, Least: k.Least, Most: k.Most})
	}
	return &web.Out[web.Page[KindView]]{Body: page}, nil
}

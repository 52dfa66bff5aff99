package importers

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "importers"

// ImportView is an import as the API writes it.
type ImportView struct {
	ID         string      `json:"id"`
	Source     string      `json:"source" enum:"slack"`
	File       string      `json:"file" doc:"The name of the uploaded file."`
	State      string      `json:"state" enum:"checking,running,done,failed,cancelled"`
	Phase      string      `json:"phase" doc:"What is being done, in a word."`
	Done       int64       `json:"done"`
	Total      int64       `json:"total" doc:"0 while unknown."`
	Report     *ReportView `json:"report" doc:"What came in, or for a dry run would, once it is done."`
	Problem    string      `json:"problem" doc:"Why it failed, in a sentence."`
	DryRun     bool        `json:"dry_run"`
	StartedAt  time.Time   `json:"started_at"`
	FinishedAt *time.Time  `json:"finished_at"`
}

func view(i Import) ImportView {
	v := ImportView{
		ID: id.Encode("imp", i.ID), Source: i.Source, File: i.FileName, State: i.State, Phase: i.Phase, Done: i.Done, Total: i.Total,
		Problem: i.Problem, DryRun: i.Dry, StartedAt: i.StartedAt.Time(), FinishedAt: i.FinishedAt.Pointer(),
	}
	if i.Report.V != nil {
		r := i.Report.V.view()
		v.Report = &r
	}
	return v
}

type startIn struct {
	Body struct {
		Upload string `json:"upload" doc:"A finished upload of your own."`
		DryRun bool   `json:"dry_run,omitempty" doc:"Only say what would come in, and what is missing."`
	}
}

type importIn struct {
	Import string `path:"import"`
}

type listIn struct {
	After string `query:"after" maxLength:"100" doc:"The next of the page before."`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// Routes registers the operations on imports. All of them are for administrators.
func (s *Service) Routes(a *web.API) {
	web.Handle(a, web.Op{Method: "POST", Path: "/imports/slack", ID: "importSlack", Summary: "Bring in a Slack export that was uploaded. For owners and admins.", Tag: tag}, s.postSlack)
	web.Handle(a, web.Op{Method: "GET", Path: "/imports", ID: "listImports", Summary: "List the imports, newest first. For owners and admins.", Tag: tag}, s.getImports)
	web.Handle(a, web.Op{Method: "GET", Path: "/imports/{import}", ID: "getImport", Summary: "See how far an import is, and what it brought. For owners and admins.", Tag: tag}, s.getImport)
	web.Handle(a, web.Op{Method: "DELETE", Path: "/imports/{import}", ID: "cancelImport", Summary: "Cancel an import; what came in before stays. For owners and admins.", Tag: tag, Status: 204}, s.deleteImport)
}

func (s *Service) postSlack(ctx context.Context, in *startIn) (*web.Out[ImportView], error) {
	a, err := admin(ctx)
	if err != nil {
		return nil, err
	}
	upload, err := id.Decode("up", in.Body.Upload)
	if err != nil { // the file that the upload became has the same id
		if upload, err = id.Decode("file", in.Body.Upload); err != nil {
			return nil, err
		}
	}
	i, err := s.Start(ctx, a, upload, in.Body.DryRun)
	if err != nil {
		return nil, err
	}
	return &web.Out[ImportView]{Body: view(i)}, nil
}

func (s *Service) getImports(ctx context.Context, in *listIn) (*web.Out[web.Page[ImportView]], error) {
	a, err := admin(ctx)
	if err != nil {
		return nil, err
	}
	after, err := web.After("imp", in.After)
	if err != nil {
		return nil, err
	}
	list, err := s.List(ctx, a, after, in.Limit)
	if err != nil {
		return nil, err
	}
	page := web.Page[ImportView]{Items: []ImportView{}}
	for _, i := range list {
		page.Items = append(page.Items, view(i))
	}
	if len(list) == in.Limit {
		page.Next = page.Items[len(list)-1].ID
	}
	return &web.Out[web.Page[ImportView]]{Body: page}, nil
}

func (s *Service) getImport(ctx context.Context, in *importIn) (*web.Out[ImportView], error) {
	a, x, err := on(ctx, in.Import)
	if err != nil {
		return nil, err
	}
	i, err := s.Find(ctx, a, x)
	if err != nil {
		return nil, err
	}
	return &web.Out[ImportView]{Body: view(i)}, nil
}

func (s *Service) deleteImport(ctx context.Context, in *importIn) (*web.None, error) {
	a, x, err := on(ctx, in.Import)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Cancel(ctx, a, x)
}

// admin is who asks, if they administer the workspace: before anything is looked at.
func admin(ctx context.Context) (actor.Actor, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, err
	}
	return a, a.MustAdminister()
}

func on(ctx context.Context, ref string) (actor.Actor, id.ID, error) {
	a, err := admin(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode("imp", ref)
	return a, x, err
}

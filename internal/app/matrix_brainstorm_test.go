package app_test

// Whoever began a brainstorm facilitates it, and so do the leads of its space and admins.
var (
	facilitators = among(author, owner, admin)
	takers       = among(author, insider)
	arrangers    = among(author, insider, owner, admin)
)

// refused is a shape in which those who may are told why it cannot be done now.
func refused(who shape, status int) shape {
	return func(r role, closed bool) int {
		if want := who(r, closed); want != 0 {
			return want
		}
		return status
	}
}

func (s *scene) storming(_ *person) any {
	return obj{"space": s.space, "title": s.words("Ideas"), "prompt": s.words("Prompt"), "people": []string{s.author.id, s.insider.id}}
}

// makeBrainstorm begins one and goes on to where ideas are put into groups.
func (s *scene) makeBrainstorm() {
	s.h.t.Helper()
	made := s.h.want(s.author, 201, "POST", "/brainstorms", s.storming(nil))
	s.ids["brainstorm"] = text(made, "id")
	path := "/brainstorms/" + s.ids["brainstorm"]
	s.ids["idea"] = text(s.h.want(s.insider, 200, "PUT", path+"/own-ideas/first", obj{"text": s.words("An idea")}), "id")
	s.ids["other idea"] = text(s.h.want(s.author, 200, "PUT", path+"/own-ideas/second", obj{"text": s.words("Another")}), "id")
	s.h.want(s.author, 200, "POST", path+"/steps", obj{"from": "collect"})
	board := s.h.want(s.author, 201, "POST", path+"/groups", obj{"name": s.words("Group")})
	s.ids["group"] = text(board, "groups", 0, "id")
	s.h.want(s.insider, 200, "PUT", path+"/ideas/"+s.ids["idea"]+"/own-notes/first", obj{"kind": "pro", "text": s.words("A note")})
	board = s.h.want(s.insider, 200, "GET", path+"/board", nil)
	for n := range 2 {
		if x := text(board, "ideas", n, "notes", 0, "id"); x != "" {
			s.ids["note"] = x
		}
	}
}

// stepTo goes on until a phase.
func (s *scene) stepTo(phase string) {
	s.h.t.Helper()
	path := "/brainstorms/" + s.id("brainstorm")
	for range 5 {
		at := text(s.h.want(s.author, 200, "GET", path, nil), "phase")
		if at == phase {
			return
		}
		s.h.want(s.author, 200, "POST", path+"/steps", obj{"from": at})
	}
}

func (s *scene) makeOutcome() {
	s.h.t.Helper()
	s.stepTo("act")
	board := s.h.want(s.author, 201, "POST", "/brainstorms/"+s.id("brainstorm")+"/outcomes", obj{"kind": "task", "ideas": []string{s.id("idea")}, "owner": s.insider.id})
	s.ids["outcome"] = text(board, "outcomes", 0, "id")
}

func (s *scene) mergeIdeas() {
	s.h.t.Helper()
	if s.id("idea") != s.ids["merged"] {
		s.ids["merged"] = s.ids["idea"]
		s.h.want(s.author, 200, "PUT", "/brainstorms/"+s.id("brainstorm")+"/ideas/"+s.ids["idea"]+"/merge", obj{"into": s.ids["other idea"]})
	}
}

// dropGroup takes the group away once; bringing back what is there changes nothing.
func (s *scene) dropGroup() {
	s.h.t.Helper()
	if s.id("group") != s.ids["dropped"] {
		s.ids["dropped"] = s.ids["group"]
		s.h.want(s.author, 200, "DELETE", "/brainstorms/"+s.id("brainstorm")+"/groups/"+s.ids["group"], nil)
	}
}

package app_test

// handing is a baton of the scene, offered to somebody, or kept when to is empty.
func (s *scene) handing(to string) obj {
	b := obj{"space": s.space, "title": s.words("Gateway"), "stands": s.words("Half done"), "next_step": s.words("The rest")}
	if to != "" {
		b["to"] = to
	}
	return b
}

func (s *scene) makeBaton() {
	s.ids["baton"] = text(s.h.want(s.author, 201, "POST", "/batons", s.handing("")), "id")
}

// offered lets the author offer the baton to the insider.
func (s *scene) offered() {
	if s.ids["offered"] != "" {
		return
	}
	s.ids["offered"] = s.id("baton")
	s.h.want(s.author, 201, "POST", "/batons/"+s.ids["offered"]+"/handoffs", obj{"to": s.insider.id})
}

// endedBaton lets the author end the baton.
func (s *scene) endedBaton() {
	if s.ids["ended"] != "" {
		return
	}
	s.ids["ended"] = s.id("baton")
	s.h.want(s.author, 201, "POST", "/batons/"+s.ids["ended"]+"/end", obj{"outcome": s.words("Done")})
}

func (s *scene) chaining() obj {
	return obj{"name": s.words("Around"), "steps": []any{obj{"person": s.author.id}, obj{"person": s.insider.id}}}
}

func (s *scene) makeChain() {
	s.ids["chain"] = text(s.h.want(s.author, 201, "POST", "/spaces/"+s.space+"/chains", s.chaining()), "id")
}

// passer: whoever it is offered to; it cannot go to somebody who may not read the space.
func passer(r role, closed bool) int {
	if r == insider && closed {
		return 422
	}
	return among(insider)(r, closed)
}

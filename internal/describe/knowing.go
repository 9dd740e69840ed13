package describe

import "maps"

// Body is a body that a library knows: its preferred form and the other forms
// of its name.
type Body struct {
	Name  string
	Forms []string
}

// Knowing gives a describer that knows the bodies beside those of the list that
// ships with the program. Where both know a form of a name, the library's
// preferred form is given: its people have decided how a body is called.
func (d *Describer) Knowing(bodies []Body) *Describer {
	k := *d.knowledge
	k.bodies = maps.Clone(k.bodies)
	for _, b := range bodies {
		known := k.bodies[bodyKey(b.Name)] // its type and seat stay
		known.name = b.Name
		for _, form := range append([]string{b.Name}, b.Forms...) {
			if key := bodyKey(form); key != "" {
				k.bodies[key] = known
			}
		}
	}
	return &Describer{&k}
}

package coaching

// smoother fits the Whittaker (Hodrick-Prescott) trend: the values that
// minimise squared distance to the data plus stiffness times squared second
// differences. The system is the same for every series of a length, so it is
// factored once (LDLᵀ, five diagonals) and solved in linear time.
type smoother struct {
	diagonal, first, second []float64 // D, and L's two lower diagonals
	fit                     []float64
}

// newSmoother returns the smoother for n values, n at least 3.
func newSmoother(n int, stiffness float64) *smoother {
	block := make([]float64, 4*n)
	s := &smoother{
		diagonal: block[:n],
		first:    block[n : 2*n],
		second:   block[2*n : 3*n],
		fit:      block[3*n:],
	}
	for i := range n {
		// Each second difference x[j]-2x[j+1]+x[j+2] adds 1, 4, 1 to the
		// diagonal, -2, -2 beside it and 1 two off.
		var center, beside, two float64
		if i+2 < n {
			center, beside, two = center+1, beside-2, 1
		}
		if i >= 1 && i+1 < n {
			center, beside = center+4, beside-2
		}
		if i >= 2 {
			center++
		}
		d, f, g := 1+stiffness*center, stiffness*beside, stiffness*two
		if i >= 1 {
			d -= s.first[i-1] * s.first[i-1] * s.diagonal[i-1]
			f -= s.diagonal[i-1] * s.first[i-1] * s.second[i-1]
		}
		if i >= 2 {
			d -= s.second[i-2] * s.second[i-2] * s.diagonal[i-2]
		}
		s.diagonal[i], s.first[i], s.second[i] = d, f/d, g/d
	}
	return s
}

// smooth returns the trend of the values. The slice is the smoother's own and
// good until the next call.
func (s *smoother) smooth(values []float64) []float64 {
	fit := s.fit
	for i, v := range values {
		if i >= 1 {
			v -= s.first[i-1] * fit[i-1]
		}
		if i >= 2 {
			v -= s.second[i-2] * fit[i-2]
		}
		fit[i] = v
	}
	for i := len(fit) - 1; i >= 0; i-- {
		v := fit[i] / s.diagonal[i]
		if i+1 < len(fit) {
			v -= s.first[i] * fit[i+1]
		}
		if i+2 < len(fit) {
			v -= s.second[i] * fit[i+2]
		}
		fit[i] = v
	}
	return fit
}

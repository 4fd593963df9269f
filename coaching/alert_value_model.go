package coaching

import "math"

// valueModel is a stream of figures with some carry-over taken out: each less
// that share of the one before.
type valueModel struct {
	values, level, quarter []float64
	carry                  float64
	// known is set where the level from a change on is known to be 0; what was
	// before it is of no concern, and may have been any other.
	known    bool
	jacobian float64
	floor    float64 // sum of squares that rounding makes
}

func newValueModel(values, quarters []float64, carry float64, known bool, least float64) *valueModel {
	n := len(values)
	m := &valueModel{
		values: make([]float64, n), level: make([]float64, n), quarter: make([]float64, n),
		carry: carry, known: known, floor: float64(n) * least * least,
	}
	// The first has the variance of the whole process, 1/(1−c²) of the noise.
	first := math.Sqrt(1 - carry*carry)
	m.jacobian = math.Log(first)
	for t := range values {
		if t == 0 {
			m.values[t], m.level[t], m.quarter[t] = first*values[t], first, first*quarters[t]
			continue
		}
		m.values[t], m.level[t], m.quarter[t] = values[t]-carry*values[t-1], 1-carry, quarters[t]-carry*quarters[t-1]
	}
	return m
}

// step returns the regressor of a change that began at a figure.
func (m *valueModel) step(from, t int) float64 {
	switch {
	case t < from:
		return 0
	case t == 0:
		return m.level[0]
	case t == from:
		return 1
	}
	return 1 - m.carry
}

// valueFit is what a model has to say for itself.
type valueFit struct {
	logEvidence float64
	score       float64 // of the step, as a normal score
	noise       float64
}

// fit returns the model with a step from a figure on; from the end on there is
// none.
func (m *valueModel) fit(from int) valueFit { return m.solve(from, from < len(m.values)) }

// fitLevel returns the model of a known level that holds from a figure on, without
// a step.
func (m *valueModel) fitLevel(from int) valueFit { return m.solve(from, false) }

// solve returns the model with or without a step from a figure on. Unknowns are, in this order, the level, the quarter's end and the step;
// the marginal likelihood of a linear model with conjugate priors is in closed
// form (O'Hagan and Forster, "Bayesian Inference", 2004, section 11.12).
func (m *valueModel) solve(from int, steps bool) valueFit {
	n := len(m.values)
	levelled := !m.known || from > 0 // there is a level to be learned
	var a [3][3]float64
	var b [3]float64
	total := 0.0
	for t := range n {
		row := [3]float64{m.level[t], m.quarter[t], m.step(from, t)}
		if m.known {
			row[0] -= row[2]
		}
		if !steps {
			row[2] = 0
		}
		for i, x := range row {
			for j, y := range row[:i+1] {
				a[i][j] += x * y
			}
			b[i] += x * m.values[t]
		}
		total += m.values[t] * m.values[t]
	}
	logPrior := 0.0
	if !levelled {
		a[0][0] = 1
	}
	a[1][1] += 1 / (quarterDeviations * quarterDeviations)
	logPrior -= math.Log(quarterDeviations)
	if !steps {
		a[2][2] = 1
	} else {
		a[2][2] += 1 / (changeDeviations * changeDeviations)
		logPrior -= math.Log(changeDeviations)
	}
	free := float64(n)
	if levelled {
		free--
	}
	root, logRoot := cholesky(a)
	solved := forward(root, b)
	squares := m.floor + total
	for _, v := range solved {
		squares -= v * v
	}
	squares = max(squares, m.floor)
	fit := valueFit{
		logEvidence: logPrior - logRoot - free/2*math.Log(squares) + m.jacobian,
		noise:       math.Sqrt(squares/free) / math.Sqrt(1-m.carry*m.carry),
	}
	if steps {
		// The last unknown's estimate over its error is the last of the solved,
		// over the noise.
		fit.score = normalOfStudent(solved[2]/math.Sqrt(squares/free), free)
	}
	return fit
}

// cholesky returns the lower triangle whose square is a, and the logarithm of
// its determinant.
func cholesky(a [3][3]float64) (root [3][3]float64, logDeterminant float64) {
	for i, row := range a {
		for j, sum := range row[:i+1] {
			for k, known := range root[j][:j] {
				sum -= root[i][k] * known
			}
			if i == j {
				root[i][i] = math.Sqrt(sum)
				logDeterminant += math.Log(root[i][i])
			} else {
				root[i][j] = sum / root[j][j]
			}
		}
	}
	return root, logDeterminant
}

// forward solves the lower triangle's equations.
func forward(root [3][3]float64, b [3]float64) (x [3]float64) {
	for i, row := range root {
		sum := b[i]
		for k, known := range x[:i] {
			sum -= row[k] * known
		}
		x[i] = sum / row[i]
	}
	return x
}

// normalOfStudent returns the normal score that is exceeded as often as Student's
// t with so many degrees of freedom (Wallace 1959).
func normalOfStudent(t, free float64) float64 {
	score := math.Sqrt(free*math.Log1p(t*t/free)) * (8*free + 1) / (8*free + 3)
	return math.Copysign(score, t)
}

name:Ann

Dear {{name}},
the gate is open.

/** On top of the report's style sheet. Lines differ in stroke as well as in colour. */
export const sizingStyle = `
main { max-width: 76rem; }
.band { fill: var(--link); opacity: .15; } .knee { fill: var(--violated); opacity: .15; }
.whisker { stroke: var(--text); stroke-width: 1.5; } .dot { fill: var(--text); } .cross { stroke: var(--violated); stroke-width: 2.5; fill: none; }
.limit { stroke: var(--violated); stroke-width: 1.5; stroke-dasharray: 6 3; }
path.line.second { stroke: var(--met); stroke-dasharray: 8 3; } path.line.third { stroke: var(--open); stroke-dasharray: 3 3; }
path.line.fourth { stroke: var(--violated); stroke-dasharray: 10 3 2 3; } path.line.fifth { stroke: var(--none); stroke-dasharray: 1 3; }
.mark.first, text.name.first { fill: var(--link); } .mark.second, text.name.second { fill: var(--met); } .mark.third, text.name.third { fill: var(--open); }
.mark.fourth, text.name.fourth { fill: var(--violated); } .mark.fifth, text.name.fifth { fill: var(--none); }
.scroll tbody th { min-width: 9rem; } .scroll tbody th.number { min-width: 4.5rem; } .scroll td { min-width: 4.5rem; } .scroll td.words { min-width: 14rem; }
path.line.planned { stroke: var(--none); stroke-dasharray: 4 4; } text.name.planned { fill: var(--none); }
`;

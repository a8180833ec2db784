export default function Mail({ name, testKind, outcome }) { return <Html><Text>Hi {name}, your {testKind} came back {outcome}.</Text></Html> }

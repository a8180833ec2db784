export default function Mail({ name, tracking }) { return <Html><Text>Hi {name}, your home test kit is on its way: {tracking}</Text></Html> }

export default function Prediction({ name, days }: Props) {
  return (
    <Html>
      <Text>{name}, your period is expected in {days} days.</Text>
    </Html>
  );
}

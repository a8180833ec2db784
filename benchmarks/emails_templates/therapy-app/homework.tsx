export default function Homework({ name, therapist, task }: Props) {
  return (
    <Html>
      <Text>Hi {name}, {therapist} gave you a new exercise for your anxiety: {task}</Text>
    </Html>
  );
}
